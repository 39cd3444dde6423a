import { sql, type SQL } from 'drizzle-orm';
import type { z } from 'zod';
import type { RenderStats, statsQuerySchema } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { tenantTimeZone } from '../tenants/index.ts';
import { spanOf, type Span } from './period.ts';

export type StatsQuery = z.output<typeof statsQuerySchema>;

/** What became of the renders that were made in a period: counts, durations, failures by reason, groups. */
export async function renderStats(tx: Tx, query: StatsQuery): Promise<RenderStats> {
  const timeZone = await tenantTimeZone(tx);
  const span = query.period === undefined ? spanBetween(query) : await spanOf(tx, query.period, timeZone);
  const from = sql`FROM rd.renders r WHERE ${within(span)}`;
  return {
    since: span.since?.toISOString() ?? null,
    until: span.until.toISOString(),
    time_zone: timeZone,
    ...(await totals(tx, from)),
    failures_by_reason: await failuresByReason(tx, from),
    groups: await groups(tx, { span, groupBy: query.group_by, timeZone }),
  };
}

function spanBetween({ since, until }: StatsQuery): Span {
  return {
    since: since === undefined ? null : new Date(since),
    until: until === undefined ? new Date() : new Date(until),
  };
}

function within({ since, until }: Span): SQL {
  const end = sql`r.created_at < ${until.toISOString()}::timestamptz`;
  return since === null ? end : sql`r.created_at >= ${since.toISOString()}::timestamptz AND ${end}`;
}

type Totals = Pick<RenderStats, 'total' | 'done' | 'failed' | 'cancelled' | 'queued' | 'running' | 'duration_ms'>;

async function totals(tx: Tx, from: SQL): Promise<Totals> {
  const counted = (status: string): SQL => sql`count(*) FILTER (WHERE r.status = ${status})::integer`;
  const answer = await tx.execute<Omit<Totals, 'duration_ms'> & { p50: number | null; p95: number | null }>(sql`
    SELECT count(*)::integer AS total, ${counted('done')} AS done, ${counted('failed')} AS failed,
      ${counted('cancelled')} AS cancelled, ${counted('queued')} AS queued, ${counted('running')} AS running,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY r.duration_ms) FILTER (WHERE r.status = 'done') AS p50,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY r.duration_ms) FILTER (WHERE r.status = 'done') AS p95
    ${from}`);
  const [row] = answer.rows;
  if (row === undefined) throw new Error('The statistics have no row.');
  const { p50, p95, ...counts } = row;
  return { ...counts, duration_ms: { p50, p95 } };
}

async function failuresByReason(tx: Tx, from: SQL): Promise<RenderStats['failures_by_reason']> {
  const answer = await tx.execute<{ reason: string; count: number }>(sql`
    SELECT coalesce(r.failure_reason, 'Unknown') AS reason, count(*)::integer AS count ${from} AND r.status = 'failed'
    GROUP BY 1 ORDER BY 2 DESC, 1`);
  return answer.rows;
}

interface Grouping {
  span: Span;
  groupBy: StatsQuery['group_by'];
  timeZone: string;
}

async function groups(tx: Tx, { span, groupBy, timeZone }: Grouping): Promise<RenderStats['groups']> {
  if (groupBy === 'none') return [];
  const keys = {
    day: sql`to_char(r.created_at AT TIME ZONE ${timeZone}, 'YYYY-MM-DD')`,
    status: sql`r.status`,
    reason: sql`coalesce(r.failure_reason, 'Unknown')`,
    output_type: sql`o.output_type_name`,
  } satisfies Record<typeof groupBy, SQL>;
  const failedOnly = groupBy === 'reason' ? sql` AND r.status = 'failed'` : sql``;
  const answer = await tx.execute<RenderStats['groups'][number]>(sql`
    SELECT ${keys[groupBy]} AS key, count(*)::integer AS total,
      count(*) FILTER (WHERE r.status = 'done')::integer AS done,
      count(*) FILTER (WHERE r.status = 'failed')::integer AS failed
    FROM rd.renders r JOIN rd.orders o ON o.id = r.order_id WHERE ${within(span)}${failedOnly}
    GROUP BY 1 ORDER BY ${groupBy === 'day' ? sql`1` : sql`2 DESC, 1`}`);
  return answer.rows;
}
