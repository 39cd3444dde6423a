import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

vi.setConfig({ testTimeout: 60_000 });

/** A file system of two megabytes, in a mount namespace of its own that goes with the process. */
const IN_SMALL_DISK = 'mount -t tmpfs -o size=2m tmpfs "$1" && exec "$2" --input-type=module -e "$3"';

const canMount = ((): boolean => {
  try {
    execFileSync('unshare', ['--mount', '--', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'rd-full-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const SCRIPT = (root: string): string => `
  import { randomBytes, randomUUID } from 'node:crypto';
  import { readdirSync } from 'node:fs';
  import { imageKey, openStore } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
  const store = await openStore({ kind: 'directory', path: ${JSON.stringify(root)} }, null);
  const tenantId = randomUUID();
  const kept = [];
  let failure = null;
  while (failure === null && kept.length < 20) {
    const bytes = randomBytes(300_000);
    const key = imageKey({ id: randomUUID(), tenantId }, { bytes, thumbnail: bytes, format: 'png' });
    const answer = await store.write(key, bytes);
    if (answer.ok) kept.push(key);
    else failure = answer.failure;
  }
  const whole = await Promise.all(kept.map((key) => store.read(key)));
  const files = readdirSync(${JSON.stringify(root)}, { recursive: true }).filter((name) => name.includes('.png'));
  console.log(JSON.stringify({ failure, kept: kept.length, whole: whole.every(({ ok }) => ok), files: files.length }));`;

test.skipIf(!canMount)(
  'a full disk is a failure in a sentence; what was kept stays whole and no half file is left',
  () => {
    const args = ['--mount', '--', 'sh', '-c', IN_SMALL_DISK, 'sh', directory, process.execPath, SCRIPT(directory)];
    const said = JSON.parse(execFileSync('unshare', args, { encoding: 'utf8' })) as Record<string, unknown>;
    expect(said).toMatchObject({
      failure: { code: 'storage_full', message: expect.stringMatching(/no space left for images.*retry/) as string },
      whole: true,
    });
    expect(said['kept']).toBeGreaterThan(3);
    expect(said['files']).toBe(said['kept']);
  },
);
