import { spawn } from 'node:child_process';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const source = join(import.meta.dirname, 'others');
const folder = join(import.meta.dirname, '../../.cache/agent-loop-others');
const longestMs = 300_000;

/**
 * The other libraries, at the versions of their own lock, in a folder that the project's tools don't look at. Installed
 * where they are not yet; else it says why they are not there.
 */
export async function installOthers(): Promise<{ folder: string } | { missing: string }> {
  const lock = await readFile(join(source, 'package-lock.json'), 'utf8');
  const stamp = join(folder, 'installed-lock.json');
  const installed = await readFile(stamp, 'utf8').catch(() => '');
  if (installed !== lock) {
    await rm(folder, { recursive: true, force: true });
    await cp(source, folder, { recursive: true });
    const failed = await npmCi();
    if (failed !== undefined) return { missing: failed };
    await writeFile(stamp, lock);
  }
  await cp(source, folder, { recursive: true });
  return { folder };
}

/** Runs the npm that runs us, where one does; undefined where it went well. */
function npmCi(): Promise<string | undefined> {
  const { npm_execpath: npm } = process.env;
  const words = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'],
    timeout: longestMs,
  };
  const child = npm === undefined ? spawn('npm', words, options) : spawn(process.execPath, [npm, ...words], options);
  let said = '';
  child.stderr.on('data', (bytes: Buffer) => (said += bytes.toString()));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(undefined);
      else resolve(said.trim().split('\n')[0] || `npm ci ended with ${String(code ?? signal)}`);
    });
  });
}
