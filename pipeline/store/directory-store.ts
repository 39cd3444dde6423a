import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import type { ImageStore } from './store.ts';

/** Images as files below a directory. */
export function openDirectoryStore(directory: string): ImageStore {
  const root = path.resolve(directory);
  return {
    write: async (key, bytes) => {
      const target = fileOf(root, key);
      await mkdir(path.dirname(target), { recursive: true, mode: 0o700 });
      // Renamed into place, so that a reader never sees half an image and two writers never mix.
      const making = `${target}.${randomBytes(6).toString('hex')}.new`;
      await writeDurably(making, bytes);
      await rename(making, target);
    },
    read: async (key) => {
      try {
        return await readFile(fileOf(root, key));
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
        throw error;
      }
    },
  };
}

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function fileOf(root: string, key: string): string {
  if (!/^[\w-]+(\/[\w-]+)*[\w.-]*$/.test(key) || key.includes('..')) throw new Error(`Not a key of an image: ${key}`);
  return path.join(root, key);
}
