import { sql, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { RenderStats, statsQuerySchema } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { tenantTimeZone } from '../tenants/index.ts';
import { groupRenders } from './groups.ts';
import { spanOf, within, type Span } from './period.ts';
import { readQueue, readThroughput } from './queue.ts';

export type StatsQuery = z.output<typeof statsQuerySchema>;

/** What became of the renders of a period: counts, durations, waits, throughput, failures by reason, groups, and the queue now. */
export async function renderStats(tx: Tx, query: StatsQuery): Promise<Result<RenderStats>> {
  // Sorting a million durations for their percentiles stays in memory.
  await tx.execute(sql`SET LOCAL work_mem = '64MB'`);
  const timeZone = await tenantTimeZone(tx);
  const span = query.period === undefined ? spanBetween(query) : await spanOf(tx, query.period, timeZone);
  const groups = await groupRenders(tx, { span, groupBy: query.group_by, timeZone });
  if (!groups.ok) return groups;
  return ok({
    since: span.since?.toISOString() ?? null,
    until: span.until.toISOString(),
    time_zone: timeZone,
    ...(await totals(tx, span)),
    ...(await readThroughput(tx, span)),
    queue: await readQueue(tx),
    failures_by_reason: await failuresByReason(tx, span),
    groups: groups.value,
  });
}

function spanBetween({ since, until }: StatsQuery): Span {
  return {
    since: since === undefined ? null : new Date(since),
    until: until === undefined ? new Date() : new Date(until),
  };
}

type Counts = Pick<RenderStats, 'total' | 'done' | 'failed' | 'cancelled' | 'queued' | 'running'>;
type Totals = Counts & Pick<RenderStats, 'duration_ms' | 'wait_ms'>;

const WAIT = sql`(extract(epoch FROM r.started_at - r.created_at) * 1000)::double precision`;

async function totals(tx: Tx, span: Span): Promise<Totals> {
  const counted = (status: string): SQL => sql`count(*) FILTER (WHERE r.status = ${status})::integer`;
  const answer = await tx.execute<Counts & { durations: Pair; waits: Pair }>(sql`
    SELECT count(*)::integer AS total, ${counted('done')} AS done, ${counted('failed')} AS failed,
      ${counted('cancelled')} AS cancelled, ${counted('queued')} AS queued, ${counted('running')} AS running,
      percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY r.duration_ms) FILTER (WHERE r.status = 'done') AS durations,
      percentile_cont(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY ${WAIT}) FILTER (WHERE r.started_at IS NOT NULL) AS waits
    FROM rd.renders r WHERE ${within(span)}`);
  const [row] = answer.rows;
  if (row === undefined) throw new Error('The statistics have no row.');
  const { durations, waits, ...counts } = row;
  return { ...counts, duration_ms: percentiles(durations), wait_ms: percentiles(waits) };
}

type Pair = [number | null, number | null] | null;

function percentiles(pair: Pair): RenderStats['duration_ms'] {
  const [p50, p95] = (pair ?? [null, null]).map((ms) => (ms === null ? null : Math.round(ms * 10) / 10));
  return { p50: p50 ?? null, p95: p95 ?? null };
}

async function failuresByReason(tx: Tx, span: Span): Promise<RenderStats['failures_by_reason']> {
  const answer = await tx.execute<{ reason: string; count: number }>(sql`
    SELECT coalesce(r.failure_reason, 'Unknown') AS reason, count(*)::integer AS count
    FROM rd.renders r WHERE ${within(span)} AND r.status = 'failed' GROUP BY 1 ORDER BY 2 DESC, 1`);
  return answer.rows;
}
