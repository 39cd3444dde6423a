import { DatabaseError } from 'pg';
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import type { QueryAnswer } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { Connections } from '../db/index.ts';
import { checkQuery } from './check.ts';
import { busy, explain } from './explain.ts';
import { QUERY_LIMITS, runSelect, StoppedError } from './session.ts';
import { createQuerySessions, SESSION_LIMITS, type QuerySession, type QuerySessions } from './sessions.ts';

/** Read-only SQL of a tenant over the documented views. */
export interface QueryRunner {
  /**
   * Fails with query_refused, query_failed, query_timeout or query_busy, each saying how to rephrase. Where `signal` is
   * aborted the query is cancelled.
   */
  run(tenantId: string, sql: string, signal?: AbortSignal): Promise<Result<QueryAnswer>>;
  close(): Promise<void>;
}

/** Between two tries for a place that other processes hold. */
const PLACE_PAUSE_MS = 100;

/** Runs queries, each in a session that logged in as its tenant's own role. */
export function createQueryRunner(connections: Connections, onError: (error: Error) => void): QueryRunner {
  const sessions = createQuerySessions(connections, onError);
  return {
    run: async (tenantId, sql, signal = new AbortController().signal) => {
      const checked = await checkQuery(sql);
      if (!checked.ok) return checked;
      const since = performance.now();
      for (;;) {
        const answer = await runOnce(sessions, { tenantId, sql, signal, since });
        if (answer !== 'no_place') return answer;
        if (performance.now() - since > SESSION_LIMITS.waitMs || signal.aborted)
          return fail('query_busy', undefined, busy());
        await wait(PLACE_PAUSE_MS);
      }
    },
    close: () => sessions.close(),
  };
}

async function runOnce(
  sessions: QuerySessions,
  { tenantId, sql, signal, since }: { tenantId: string; sql: string; signal: AbortSignal; since: number },
): Promise<Result<QueryAnswer> | 'no_place'> {
  const session: QuerySession | null = await sessions.take(tenantId, signal);
  if (session === null) return fail('query_busy', undefined, busy());
  try {
    const answer = await runSelect(session, sql, { signal, since });
    sessions.giveBack(session);
    return ok(answer);
  } catch (error) {
    // A session that met an error is not given to anybody else.
    sessions.drop(session);
    if (error instanceof StoppedError) return error.stop === 'no_place' ? 'no_place' : stopped(error.stop);
    if (error instanceof DatabaseError) return explain(error);
    throw error;
  }
}

function stopped(why: Exclude<StoppedError['stop'], 'no_place'>): Result<never> {
  switch (why) {
    case 'timeout':
      return fail('query_timeout', TOO_SLOW);
    case 'size':
      return fail('query_failed', TOO_LARGE);
    case 'gone':
      return fail('stopped', 'The query was cancelled.');
  }
}

const TOO_SLOW =
  `The query took longer than ${QUERY_LIMITS.timeoutMs / 1000} s and was stopped. ` +
  'Narrow it: filter by created_at, join fewer views, aggregate before joining.';
const TOO_LARGE = 'A row of the answer is far over 1 MB. Select fewer columns, or shorten them with left(…, 200).';
