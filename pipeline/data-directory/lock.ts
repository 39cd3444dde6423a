import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Holds the data directory for this process until it ends, however it ends. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Takes the operating system's lock on `DATA/owner.lock`, or answers null where a live process holds it. SQLite's
 * exclusive transaction is that lock on every platform (fcntl on Unix, LockFileEx on Windows); the system drops it
 * when the process dies, `kill -9` included, so there is nothing stale to clean up.
 */
export function lockDirectory(directory: string): DirectoryLock | null {
  const database = new DatabaseSync(path.join(directory, 'owner.lock'), { timeout: 0 });
  try {
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return null;
    throw error;
  }
  return {
    release: () => {
      database.close();
    },
  };
}
