import { open } from 'node:fs/promises';

/** Puts a directory's new names on disk, so that a renamed file survives a crash; Windows neither can nor needs to. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
