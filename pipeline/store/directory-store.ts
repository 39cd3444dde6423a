import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { syncDirectory } from '../data-directory/index.ts';
import { isFull, missing, noRoom, systemCode } from './failures.ts';
import { partsOf, readKey } from './keys.ts';
import type { ImageStore, StoredImage } from './store.ts';

/** A half-written file is of a process that died once it is this old. */
const HALF_WRITTEN_MS = 3_600_000;

/** Images as files below a directory, one folder for each tenant. */
export function openDirectoryStore(directory: string): ImageStore {
  const root = path.resolve(directory);
  return {
    name: `directory ${root}`,
    check: (access) => checkDirectory(root, access),
    write: (key, bytes) => writeFile(root, key, bytes),
    read: async (key) => {
      try {
        return ok(await readFile(fileOf(root, key)));
      } catch (error) {
        if (systemCode(error) === 'ENOENT') return missing();
        return unusable(root, error);
      }
    },
    list: (tenantId) => listFiles(root, tenantId),
    remove: async (_tenantId, keys) => {
      for (const key of keys) await rm(fileOf(root, key), { force: true });
    },
    close: () => Promise.resolve(),
  };
}

async function writeFile(root: string, key: string, bytes: Buffer): Promise<Result<null>> {
  const target = fileOf(root, key);
  // Renamed into place, so that a reader never sees half an image and two writers never mix.
  const making = `${target}.${randomBytes(6).toString('hex')}.new`;
  try {
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
    await writeDurably(making, bytes);
    await rename(making, target);
    await syncDirectory(path.dirname(target));
    return ok(null);
  } catch (error) {
    await rm(making, { force: true });
    return unusable(root, error);
  }
}

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function checkDirectory(root: string, access: 'read' | 'write'): Promise<Result<null>> {
  const probe = path.join(root, `.probe-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(root, { recursive: true, mode: 0o700 });
    await readdir(root);
    if (access === 'write') await writeDurably(probe, Buffer.from('Can this directory be written?'));
    return ok(null);
  } catch (error) {
    return unusable(root, error);
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
}

const REASONS: Record<string, string> = {
  EACCES: 'this user may not use it',
  EPERM: 'this user may not use it',
  EROFS: 'its file system is read-only',
  EEXIST: 'there is a file of that name',
  ENOTDIR: 'part of the path is a file',
  EIO: 'the disk reports an error',
  ESTALE: 'the network file system is gone',
};

/** What the operating system has against a file; what it did not say is a bug. */
function unusable(root: string, error: unknown): Result<never> {
  if (isFull(error)) return noRoom(root);
  const reason = REASONS[systemCode(error)];
  if (reason === undefined) throw error;
  return fail('storage_unavailable', `The directory of the images, ${root}, cannot be used: ${reason}.`);
}

async function* listFiles(root: string, tenantId: string): AsyncIterable<StoredImage> {
  for (const folder of await entries(path.join(root, tenantId))) {
    for (const name of await entries(path.join(root, tenantId, folder))) {
      const file = path.join(root, tenantId, folder, name);
      const found = await stat(file).catch(() => null);
      if (found === null) continue;
      const key = `${tenantId}/${folder}/${name}`;
      if (readKey(key) !== null) yield { key, bytes: found.size, at: found.mtime };
      else if (name.endsWith('.new') && Date.now() - found.mtimeMs > HALF_WRITTEN_MS) await rm(file, { force: true });
    }
  }
}

async function entries(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error))) return [];
    throw error;
  }
}

function fileOf(root: string, key: string): string {
  partsOf(key);
  return path.join(root, key);
}
