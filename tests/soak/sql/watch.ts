import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Target } from './target.ts';

const run = promisify(execFile);

/** What the server and everybody else went through meanwhile. */
export interface Watched {
  /** Largest resident memory of a query's process, MB. */
  peakMb: number;
  /** Requests of another tenant's user, those that failed, and the slowest, ms. */
  requests: number;
  failed: number;
  slowestMs: number;
  /** The server process is the same as before. */
  alive: boolean;
}

const MEMORY_PAUSE_MS = 25;
const REQUEST_PAUSE_MS = 100;
const MOST_QUIET_S = 300;

/** Watches until `stop` is called. */
export async function watchTarget(target: Target): Promise<{ stop(): Promise<Watched> }> {
  const watched: Watched = { peakMb: 0, requests: 0, failed: 0, slowestMs: 0, alive: true };
  const before = await serverStart(target);
  const postmaster = await postmasterOf(target);
  let running = true;
  const loops = [
    (async () => {
      while (running) {
        watched.peakMb = Math.max(watched.peakMb, await peakOfQueries(postmaster));
        await wait(MEMORY_PAUSE_MS);
      }
    })(),
    (async () => {
      while (running) {
        const started = performance.now();
        const ok = await asOther(target);
        watched.requests += 1;
        if (!ok) watched.failed += 1;
        watched.slowestMs = Math.max(watched.slowestMs, performance.now() - started);
        await wait(REQUEST_PAUSE_MS);
      }
    })(),
  ];
  return {
    stop: async () => {
      running = false;
      await Promise.all(loops);
      watched.alive = (await serverStart(target)) === before;
      return watched;
    },
  };
}

/** What `LimitAS=` of its unit does to a server: every session begun from now on has so much address space. */
export async function limitServer(target: Target, megabytes: number): Promise<void> {
  const postmaster = await postmasterOf(target);
  await run('prlimit', ['--pid', String(postmaster), `--as=${megabytes * 1024 * 1024}`]);
}

/** Waits until no query's session is left that computes, and says how many seconds that took. */
export async function untilQuiet({ admin }: Target): Promise<number> {
  const started = performance.now();
  for (;;) {
    const { rows } = await admin.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename ~ '_q_[0-9a-f]{32}$' AND state = 'active'`,
    );
    const seconds = (performance.now() - started) / 1000;
    if (rows[0]?.n === 0 || seconds > MOST_QUIET_S) return seconds;
    await wait(200);
  }
}

async function asOther({ pipeline, other }: Target): Promise<boolean> {
  try {
    const response = await pipeline.request(other.token, '/api/products?limit=5', {
      signal: AbortSignal.timeout(10_000),
    });
    await response.text();
    return response.ok;
  } catch {
    return false;
  }
}

/** When the server began, also after a crash of one of its processes: it ends all sessions then. */
async function serverStart({ admin }: Target): Promise<string> {
  const { rows } = await admin.query<{ at: string; pid: number }>(
    'SELECT pg_postmaster_start_time()::text AS at, pg_backend_pid() AS pid',
  );
  return `${rows[0]?.at} ${rows[0]?.pid}`;
}

async function postmasterOf({ admin }: Target): Promise<number> {
  const { rows } = await admin.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const status = await readFile(`/proc/${rows[0]?.pid}/status`, 'utf8');
  return Number(/PPid:\s+(\d+)/.exec(status)?.[1]);
}

/** Peak resident memory of the processes that serve query roles now, by the title PostgreSQL gives them. */
async function peakOfQueries(postmaster: number): Promise<number> {
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').catch(gone);
  const peaks = await Promise.all(
    children
      .trim()
      .split(' ')
      .map(async (pid) => {
        const title = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(gone);
        if (!/_q_[0-9a-f]{32}/.test(title)) return 0;
        const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(gone);
        return Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
      }),
  );
  return Math.max(0, ...peaks);
}

/** A process that ended between two looks at it. */
function gone(): string {
  return '';
}
