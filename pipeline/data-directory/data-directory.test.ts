import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDataDirectory, type RunFile } from './index.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'rd-data-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Another process that claims the directory and holds it until it is killed. */
async function holdInAnotherProcess(): Promise<{ kill: () => Promise<void> }> {
  const script = `
    import { claimDataDirectory } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    const claim = await claimDataDirectory(${JSON.stringify(directory)});
    console.log(claim.ok ? 'held' : 'refused');
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve) =>
    child.stdout.once('data', (data: Buffer) => resolve(String(data))),
  );
  expect(line.trim()).toBe('held');
  return {
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

test('a live owner keeps others out, and a killed one leaves nothing in the way', async () => {
  const other = await holdInAnotherProcess();
  const refused = await claimDataDirectory(directory);
  expect(refused).toMatchObject({ ok: false, failure: { code: 'unavailable' } });
  await other.kill();
  const claimed = await claimDataDirectory(directory);
  expect(claimed.ok).toBe(true);
  if (claimed.ok) await claimed.value.release();
});

test('run.json says where the owner is, only to this user, and goes with it', async () => {
  const claim = await claimDataDirectory(directory);
  if (!claim.ok) throw new Error(claim.failure.message);
  await claim.value.writeRun(4711);
  const file = path.join(directory, 'run.json');
  const run = JSON.parse(await readFile(file, 'utf8')) as RunFile;
  expect(run).toMatchObject({ pid: process.pid, port: 4711, secret: claim.value.secret });
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(path.join(directory, 'owner.lock'))).mode & 0o777).toBe(0o600);
  await claim.value.release();
  await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
});
