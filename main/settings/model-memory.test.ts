import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { temporaryDirectory } from '../../tests/helpers/temporary-directory.ts';
import type { ModelTarget, ModelTraits } from '../agent/index.ts';
import { createModelMemory } from './model-memory.ts';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let file: string;
const lines: string[] = [];
const log = (line: string): void => void lines.push(line);
beforeEach(async () => {
  directory = await temporaryDirectory();
  file = join(directory.path, 'data', 'models.json');
  lines.length = 0;
});
afterEach(() => directory.remove());

const target: ModelTarget = {
  form: 'v1',
  endpoint: 'https://a.openai.azure.com',
  deployment: 'gpt',
  apiVersion: null,
  key: 'sk-canary',
  label: '',
  offline: false,
};
const traits: ModelTraits = { refuses: ['temperature'], needsLimit: false, largestLimit: 4096 };

it('finds again what was learned, in a file of its owner without the key', async () => {
  createModelMemory(file, log).of('t1', target).set(traits);
  expect(createModelMemory(file, log).of('t1', target).get()).toEqual(traits);
  expect(await readFile(file, 'utf8')).not.toContain('canary');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

it('forgets it with the endpoint, the deployment, the tenant and in time', () => {
  let now = Date.parse('2026-11-23T10:00:00Z');
  const memory = createModelMemory(file, log, () => now);
  memory.of('t1', target).set(traits);
  expect(memory.of('t1', { ...target, endpoint: 'https://b.openai.azure.com' }).get()).toBeNull();
  expect(memory.of('t1', { ...target, deployment: 'other' }).get()).toBeNull();
  expect(memory.of('t2', target).get()).toBeNull();
  expect(memory.of('constructor', target).get()).toBeNull();
  now += 29 * 24 * 3_600_000;
  expect(memory.of('t1', target).get()).toEqual(traits);
  now += 2 * 24 * 3_600_000;
  expect(memory.of('t1', target).get()).toBeNull();
});

it.each(['', '{', '[]', '{"t1":{"refuses":["rm -rf"]}}'])('learns anew from a file that holds %j', async (text) => {
  const memory = createModelMemory(file, log);
  memory.of('t1', target).set(traits);
  await writeFile(file, text);
  expect(memory.of('t1', target).get()).toBeNull();
  memory.of('t1', target).set(traits);
  expect(memory.of('t1', target).get()).toEqual(traits);
});

it('says so where it cannot be kept', async () => {
  await writeFile(join(directory.path, 'data'), 'a file where a folder belongs');
  createModelMemory(file, log).of('t1', target).set(traits);
  expect(lines).toEqual([expect.stringContaining('is not kept')]);
});
