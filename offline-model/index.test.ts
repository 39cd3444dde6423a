import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, it } from 'vitest';
import { V1, body, post } from './test-support/post.ts';

const entry = path.join(import.meta.dirname, 'index.ts');

async function launch(
  ...args: string[]
): Promise<{ child: ChildProcessWithoutNullStreams; url: string; output: () => string }> {
  const child = spawn(process.execPath, [entry, ...args], { env: { ...process.env, OFFLINE_MODEL_KEY: 'k1' } });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  while (!output.includes('\n')) await once(child.stdout, 'data');
  const url = /^offline model listening on (http:\/\/127\.0\.0\.1:\d+)$/m.exec(output)?.[1] ?? '';
  return { child, url, output: () => output };
}

it('prints one line, answers under its deployment name and key, and stops on SIGTERM', async () => {
  const { child, url, output } = await launch('--port', '0', '--deployment', 'mine', '--delay', '0');
  const ok = await post(url + V1, body('hello', { model: 'mine' }), { 'api-key': 'k1' });
  expect(ok.status).toBe(200);
  expect((await post(url + V1, body('hello'), { 'api-key': 'k1' })).status).toBe(404);
  expect(output()).toBe(`offline model listening on ${url}\n`);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

it('stops with its parent where asked, and not otherwise', async () => {
  const bound = await launch('--exit-with-parent');
  bound.child.stdin.end();
  expect(await once(bound.child, 'exit')).toEqual([0, null]);
  const free = await launch();
  free.child.stdin.end();
  expect((await post(free.url + V1, body('hello'), { 'api-key': 'k1' })).status).toBe(200);
  free.child.kill('SIGTERM');
  await once(free.child, 'exit');
});

it('says what is wrong with its arguments', async () => {
  const child = spawn(process.execPath, [entry, '--port', 'x']);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  expect(await once(child, 'exit')).toEqual([1, null]);
  expect(errors).toMatch(/--port must be a whole number/);
});
