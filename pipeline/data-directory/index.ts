import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { lockDirectory } from './lock.ts';

export { syncDirectory } from './sync-directory.ts';

/** `DATA/run.json`: who owns the directory and how to reach it. Mode 0600: who can read it may sign in locally. */
export interface RunFile {
  pid: number;
  started_at: string;
  port: number;
  secret: string;
}

/** A data directory that this process owns. */
export interface Claim {
  directory: string;
  secret: string;
  /** Tells later starts where we are; call it once the port answers. */
  writeRun(port: number): Promise<void>;
  /** Gives the directory up; later starts no longer find us. */
  release(): Promise<void>;
}

/**
 * Makes this process the owner of a data directory. Fails with `unavailable` where a live process owns it; an owner
 * that died leaves nothing in the way. The directory is made with mode 0700.
 */
export async function claimDataDirectory(directory: string): Promise<Result<Claim>> {
  const absolute = path.resolve(directory);
  await mkdir(absolute, { recursive: true, mode: 0o700 });
  const ours = await checkOurs(absolute);
  if (!ours.ok) return ours;
  const lock = lockDirectory(absolute);
  if (lock === null) {
    return fail('unavailable', `Another Renderdesk is running on ${absolute}. Close it, or give another --data.`);
  }
  await chmod(path.join(absolute, 'owner.lock'), 0o600);
  const runFile = path.join(absolute, 'run.json');
  await rm(runFile, { force: true });
  const secret = randomBytes(24).toString('base64url');
  return ok({
    directory: absolute,
    secret,
    writeRun: async (port) => {
      const run: RunFile = { pid: process.pid, started_at: new Date().toISOString(), port, secret };
      // Renamed into place, so that a reader never sees half of it.
      await writeFile(`${runFile}.new`, JSON.stringify(run), { mode: 0o600 });
      await rename(`${runFile}.new`, runFile);
    },
    release: async () => {
      await rm(runFile, { force: true });
      lock.release();
    },
  });
}

/** Does the directory's owner answer yet, and still? Before and after that its database may be half made or gone. */
export async function isServing(directory: string): Promise<boolean> {
  return await access(path.join(directory, 'run.json')).then(
    () => true,
    () => false,
  );
}

/** Others who could write here could put their own programs' files in place of ours. */
async function checkOurs(directory: string): Promise<Result<null>> {
  const { mode, uid } = await stat(directory);
  const me = process.getuid?.();
  if (me === undefined) return ok(null);
  if (me !== 0 && uid !== me) {
    return fail('unavailable', `${directory} belongs to another user. Give another --data, or start as that user.`);
  }
  if ((mode & 0o022) !== 0) {
    return fail('unavailable', `Others may write into ${directory}. Run: chmod 700 ${directory}`);
  }
  await access(directory, constants.W_OK | constants.X_OK);
  return ok(null);
}
