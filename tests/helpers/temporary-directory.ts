import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * A fresh directory; `remove` deletes it with all it holds. Where it was the data directory of a pipeline that was
 * killed, its PostgreSQL may still run: that is ended first.
 */
export async function temporaryDirectory(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'renderdesk-'));
  return {
    path,
    remove: async () => {
      await endPostgres(join(path, 'postgres/postmaster.pid'));
      await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

async function endPostgres(pidFile: string): Promise<void> {
  const read = () => readFile(pidFile, 'utf8').catch(() => null);
  const pid = Number((await read())?.split('\n')[0]);
  if (!Number.isInteger(pid) || pid <= 1) return;
  try {
    process.kill(pid, 'SIGINT');
  } catch {
    // Gone already, with its file left behind.
    return;
  }
  for (let tries = 0; tries < 50 && (await read()) !== null; tries += 1) await wait(100);
}
