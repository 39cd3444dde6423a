import { execFile } from 'node:child_process';
import os from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Address space of any process of the server: far above what is normal (a million products in one transaction: 0.9 GB). */
const SERVER_BYTES = 4 * 1024 * 1024 * 1024;

/**
 * Address space of a session of somebody's own SQL: what a session begins with (about 115 MB) and 270 MB for the query. One
 * SELECT can otherwise grow by 300 MB a second; past this limit it gets "out of memory" and nobody else notices.
 */
const QUERY_BYTES = 384 * 1024 * 1024;

/** Lower than everybody else's, so that a query uses the processor that nobody else needs. */
const QUERY_PRIORITY = 10;

/** Put before the server's command line: bounds the address space of everything it forks. Nothing where the system can't. */
export function limitedCommand(command: readonly string[]): readonly string[] {
  if (process.platform !== 'linux') return command;
  return ['/bin/sh', '-c', `ulimit -v ${SERVER_BYTES / 1024} && exec "$@"`, 'postgres', ...command];
}

/** Bounds one session of a server that is ours, by the process id it names. Linux only. */
export async function limitQuerySession(pid: number): Promise<void> {
  if (process.platform !== 'linux') return;
  await run('prlimit', ['--pid', String(pid), `--as=${QUERY_BYTES}`]);
  os.setPriority(pid, QUERY_PRIORITY);
}
