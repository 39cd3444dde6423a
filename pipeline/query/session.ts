import type { Client, QueryArrayConfig, QueryArrayResult } from 'pg';
import { performance } from 'node:perf_hooks';
import type { QueryAnswer } from '../../shared/domain/index.ts';
import { cancelFromOutside } from './cancel.ts';
import { CURSOR_PREFIX } from './explain.ts';
import type { QuerySession } from './sessions.ts';
import { QUERY_TYPES, typeName } from './values.ts';

/**
 * Bounds of one query. At `timeoutMs` it is cancelled from outside (the server's own limit is as long, but counts each
 * step anew); what doesn't listen to that is left alone `graceMs` later. `wireBytes` is what one step may send.
 */
export const QUERY_LIMITS = {
  rows: 1000,
  bytes: 1_000_000,
  timeoutMs: 5000,
  graceMs: 300,
  wireBytes: 8_000_000,
} as const;

/** Rows of the first step; the size of later ones follows from it. */
const FIRST_ROWS = 10;
const MOST_ROWS = 250;

/** Why a query was stopped from our side. */
export type Stop = 'timeout' | 'gone' | 'size';

/** Thrown where a query was stopped; its session is to be dropped. */
export class StoppedError extends Error {
  readonly stop: Stop | 'no_place';
  constructor(stop: Stop | 'no_place') {
    super(`the query was stopped: ${stop}`);
    this.stop = stop;
  }
}

/**
 * Runs a checked SELECT in a session of the tenant's query role: a read-only transaction begun with a harmless query
 * (after which nothing can make it writable), the extended protocol (one statement only), a cursor read in steps up to
 * the limits. Leaves the session as new. When it throws, the session is to be dropped. Its time counts from `since`, when
 * it was asked for (`performance.now()`), so that waiting for a session is part of it.
 */
export async function runSelect(
  session: QuerySession,
  sql: string,
  { signal, since }: { signal: AbortSignal; since: number },
): Promise<QueryAnswer> {
  const started = performance.now();
  const watch = watchOver(session, signal, QUERY_LIMITS.timeoutMs - (started - since));
  const { client } = session;
  try {
    await begin(client);
    await extended(client, CURSOR_PREFIX + sql);
    const answer = await fetchAll(client, watch);
    await client.query('ROLLBACK');
    await client.query('DISCARD ALL');
    if (watch.stopped() !== null) throw new Error('stopped');
    return { ...answer, duration_ms: Math.round(performance.now() - started) };
  } catch (error) {
    const stop = watch.stopped();
    throw stop === null ? error : new StoppedError(stop);
  } finally {
    watch.end();
  }
}

interface Watch {
  stopped(): Stop | null;
  /** A new step begins: bytes count from zero. */
  step(): void;
  end(): void;
}

function watchOver(session: QuerySession, signal: AbortSignal, timeoutMs: number): Watch {
  const { stream } = session.client.connection;
  let stop: Stop | null = null;
  let bytes = 0;
  let grace: NodeJS.Timeout | undefined;
  const halt = (why: Stop): void => {
    if (stop !== null) return;
    stop = why;
    cancelFromOutside(session.client, session.connection);
    grace = setTimeout(() => stream.destroy(), why === 'timeout' ? QUERY_LIMITS.graceMs : 0);
  };
  const timer = setTimeout(halt, timeoutMs, 'timeout');
  const gone = (): void => {
    halt('gone');
  };
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > QUERY_LIMITS.wireBytes) halt('size');
  };
  signal.addEventListener('abort', gone);
  stream.on('data', count);
  return {
    stopped: () => stop,
    step: () => {
      bytes = 0;
    },
    end: () => {
      clearTimeout(timer);
      clearTimeout(grace);
      signal.removeEventListener('abort', gone);
      stream.off('data', count);
    },
  };
}

/** The harmless first query asks for the company's time zone and for one of the places that all processes share. */
async function begin(client: Client): Promise<void> {
  await client.query('BEGIN READ ONLY');
  const answer = await client.query<{ place: boolean; time_zone: string | null }>(
    'SELECT rd_views.take_query_place() AS place, (SELECT time_zone FROM rd_views.company) AS time_zone',
  );
  const row = answer.rows[0];
  if (row?.place !== true) throw new StoppedError('no_place');
  await client.query(`SET LOCAL TimeZone = ${client.escapeLiteral(row.time_zone ?? 'UTC')}`);
}

async function fetchAll(client: Client, watch: Watch): Promise<Omit<QueryAnswer, 'duration_ms'>> {
  const rows: unknown[][] = [];
  let bytes = 0;
  let step = FIRST_ROWS;
  for (;;) {
    watch.step();
    const part = await extended(client, `FETCH ${step} FROM answer`);
    const columns = part.fields.map((field) => ({ name: field.name, type: typeName(field.dataTypeID) }));
    for (const row of part.rows) {
      bytes += Buffer.byteLength(JSON.stringify(row)) + 1;
      if (rows.length >= QUERY_LIMITS.rows || bytes > QUERY_LIMITS.bytes) {
        return { columns, rows, row_count: rows.length, truncated: true };
      }
      rows.push(row);
    }
    if (part.rows.length < step) return { columns, rows, row_count: rows.length, truncated: false };
    // As many as fit into what is left, by their size so far, and one to see whether there are more.
    step = Math.min(MOST_ROWS, Math.ceil((QUERY_LIMITS.bytes - bytes) / (bytes / rows.length)) + 1);
  }
}

async function extended(client: Client, text: string): Promise<QueryArrayResult<unknown[]>> {
  // queryMode is newer than the driver's published types: it keeps the server from taking a second statement.
  const config: QueryArrayConfig & { queryMode: 'extended' } = {
    text,
    values: [],
    rowMode: 'array',
    types: QUERY_TYPES,
    queryMode: 'extended',
  };
  return await client.query<unknown[]>(config);
}
