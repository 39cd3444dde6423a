import { findServerPrograms, startTestServer } from '../../scripts/test/postgres-server.ts';
import { difference, fingerprint, secretsOf, shown } from './sql/evidence.ts';
import { hostileQueries, type HostileQuery } from './sql/hostile/index.ts';
import { checkedQueries, figuresOf, ordinaryQueries } from './sql/ordinary/index.ts';
import { runPastCheck } from './sql/past-check.ts';
import { aimed, allowSessions, ask, rowsOf, startTarget, type Target } from './sql/target.ts';
import { limitServer, untilQuiet, watchTarget } from './sql/watch.ts';
import { SoakCount, type SoakSuite } from './suite.ts';

/** A query's own limit, and how long after it the answer must be there. */
const LIMIT_MS = 5000;
const LATE_MS = 1000;
/** Of one query's process: its address space on the embedded server, and on another what its admin allows (docs/query.md). */
const MOST_MB = { embedded: 384, server: 1024 } as const;
/** Queries between two fingerprints in a full run, and at once: as many as a tenant may. */
const BATCH = 20;
const LANES = 2;
const ENV = 'RENDERDESK_TEST_DATABASE_ADMIN_URL';

/**
 * The committed corpus of ordinary and hostile SQL as one of two tenants, on the embedded PostgreSQL and, in a full run, on
 * an installed server: first as a client sends it, then past the check, to see what the database holds alone.
 */
export const run: SoakSuite = async ({ seconds, log }) => {
  const count = new SoakCount();
  const sample = Number.isFinite(seconds);
  count.note(`${hostileQueries.length} hostile and ${ordinaryQueries.length + checkedQueries.length} ordinary queries`);
  const given = process.env[ENV];
  if (given !== undefined) {
    await attack({ where: 'server', seconds, count, log });
    return count.result();
  }
  await attack({ where: 'embedded', seconds, count, log });
  if (sample) return count.result();
  if ((await findServerPrograms()) === null) {
    count.note('skipped on a server: no PostgreSQL server is installed below /usr/lib/postgresql');
    return count.result();
  }
  const server = await startTestServer();
  process.env[ENV] = server.adminUrl;
  try {
    await attack({ where: 'server', seconds, count, log });
  } finally {
    Reflect.deleteProperty(process.env, ENV);
    await server.stop();
  }
  return count.result();
};

interface Attack {
  where: keyof typeof MOST_MB;
  /** For the hostile queries of both levels; infinite in a full run. */
  seconds: number;
  count: SoakCount;
  log: (line: string) => void;
}

async function attack({ where, seconds, count, log }: Attack): Promise<void> {
  const target = await startTarget(where);
  try {
    log(target.name);
    if (where === 'server') await limitServer(target, MOST_MB.server);
    await askOrdinary(target, count);
    const secrets = await secretsOf(target);
    const queries = Number.isFinite(seconds) ? everyNth(hostileQueries.filter(({ slow }) => !slow)) : hostileQueries;
    for (const level of ['sent by a client', 'past the check'] as const) {
      if (level === 'past the check') await allowSessions(target, 20);
      const watch = await watchTarget(target);
      const until = performance.now() + seconds * 500;
      const slowest = await tryAll(target, queries, { level, secrets, until, count, log });
      const lingered = await untilQuiet(target);
      const { peakMb, requests, failed, slowestMs, alive } = await watch.stop();
      log(
        `${target.name}, ${level}: ${queries.length} hostile queries, slowest ${slowest.ms.toFixed(0)} ms (${slowest.aim}), ` +
          `peak ${peakMb.toFixed(0)} MB of one session; meanwhile ${requests} requests of another tenant, ` +
          `${failed} failed, slowest ${slowestMs.toFixed(0)} ms; the last session left ${lingered.toFixed(1)} s after`,
      );
      count.check(alive ? null : `${target.name}, ${level}: the server process was replaced`);
      count.check(failed === 0 ? null : `${target.name}, ${level}: ${failed} requests of another tenant failed`);
      count.check(
        peakMb < MOST_MB[where] ? null : `${target.name}, ${level}: a session grew to ${peakMb.toFixed(0)} MB`,
      );
    }
    await allowSessions(target, 2);
    if (!Number.isFinite(seconds)) await askOrdinary(target, count);
  } finally {
    await target.stop();
  }
}

/** A spread of the corpus that fits into a sample. */
function everyNth(queries: readonly HostileQuery[]): HostileQuery[] {
  return queries.filter((_query, index) => index % 8 === 0);
}

async function askOrdinary(target: Target, count: SoakCount): Promise<void> {
  const figures = await figuresOf(target.pipeline, target.one.token);
  for (const sql of ordinaryQueries) {
    const { status, text } = await ask(target, target.one, sql);
    count.check(
      status === 200 ? null : `${target.name}: ordinary query answered ${status} ${text.slice(0, 300)}: ${sql}`,
    );
  }
  for (const { sql, rows } of checkedQueries) {
    const { status, text } = await ask(target, target.one, sql);
    const found = status === 200 ? JSON.stringify(rowsOf(text)) : text;
    const right = JSON.stringify(rows(figures));
    count.check(
      found === right ? null : `${target.name}: ${sql} gave ${found.slice(0, 300)} instead of ${right.slice(0, 300)}`,
    );
  }
}

interface Trial {
  level: 'sent by a client' | 'past the check';
  secrets: readonly string[];
  until: number;
  count: SoakCount;
  log: (line: string) => void;
}

async function tryAll(
  target: Target,
  queries: readonly HostileQuery[],
  trial: Trial,
): Promise<{ ms: number; aim: string }> {
  let slowest = { ms: 0, aim: 'none' };
  for (let first = 0; first < queries.length && performance.now() < trial.until; first += BATCH) {
    const batch = queries.slice(first, first + BATCH);
    const before = await fingerprint(target);
    const waiting = [...batch];
    await Promise.all(
      Array.from({ length: LANES }, async () => {
        for (let query = waiting.shift(); query !== undefined; query = waiting.shift()) {
          const { ms, problem } = await tryOne(target, query, trial);
          if (ms > slowest.ms) slowest = { ms, aim: query.aim };
          if (problem !== null) trial.log(problem);
          trial.count.check(problem);
        }
      }),
    );
    const changed = difference(before, await fingerprint(target));
    const aims = batch.map(({ aim }) => aim).join(', ');
    trial.count.check(
      changed === null ? null : `${target.name}, ${trial.level}: changed ${changed} by one of: ${aims}`,
    );
  }
  return slowest;
}

async function tryOne(
  target: Target,
  query: HostileQuery,
  { level, secrets }: Trial,
): Promise<{ ms: number; problem: string | null }> {
  const sql = aimed(target, query.sql);
  const about = `${target.name}, ${level}, ${query.aim}`;
  try {
    const { ms, status, text } =
      level === 'past the check' ? await timed(() => runPastCheck(target, sql)) : await ask(target, target.one, sql);
    return { ms, problem: judge(about, { ms, status, text, sql, legal: query.legal, secrets }) };
  } catch (error) {
    return { ms: 0, problem: `${about}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function timed(work: () => Promise<string>): Promise<{ ms: number; status: 0; text: string }> {
  const started = performance.now();
  const text = await work();
  return { ms: performance.now() - started, status: 0, text };
}

interface Answer {
  ms: number;
  /** 0 past the check. */
  status: number;
  text: string;
  sql: string;
  legal: boolean;
  secrets: readonly string[];
}

function judge(about: string, { ms, status, text, sql, legal, secrets }: Answer): string | null {
  if (ms > LIMIT_MS + LATE_MS) return `${about}: answered after ${ms.toFixed(0)} ms`;
  const secret = shown(secrets, text, sql);
  if (secret !== null) return `${about}: shows ${secret.slice(0, 40)}`;
  if (status >= 500 || status === 429) return `${about}: answered ${status} ${text.slice(0, 200)}`;
  if (status === 200 && !legal) return `${about}: answered ${text.slice(0, 200)}`;
  return null;
}
