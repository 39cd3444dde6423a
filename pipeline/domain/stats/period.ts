import { sql, type SQL } from 'drizzle-orm';
import type { PERIODS } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';

export type Period = (typeof PERIODS)[number];

/** From `since` (null: the beginning) up to, not including, `until`. */
export interface Span {
  since: Date | null;
  until: Date;
}

const UNITS = {
  today: { unit: 'day', ago: 0 },
  yesterday: { unit: 'day', ago: 1 },
  this_week: { unit: 'week', ago: 0 },
  last_week: { unit: 'week', ago: 1 },
  this_month: { unit: 'month', ago: 0 },
  last_month: { unit: 'month', ago: 1 },
} as const satisfies Record<Exclude<Period, 'all'>, { unit: 'day' | 'week' | 'month'; ago: 0 | 1 }>;

/**
 * A named period in a time zone; weeks are ISO weeks (from Monday). The database works it out, so that changes of
 * summer time fall where its time zone data says. What has not ended yet ends now.
 */
export async function spanOf(tx: Tx, period: Period, timeZone: string): Promise<Span> {
  if (period === 'all') return { since: null, until: new Date() };
  const { unit, ago } = UNITS[period];
  const step = `1 ${unit}`;
  const answer = await tx.execute<{ since: string; until: string }>(sql`
    SELECT (start AT TIME ZONE ${timeZone})::text AS since,
           least((start + ${step}::interval) AT TIME ZONE ${timeZone}, now())::text AS until
    FROM (SELECT date_trunc(${unit}, now() AT TIME ZONE ${timeZone}) - ${ago} * ${step}::interval AS start) named`);
  const [row] = answer.rows;
  if (row === undefined) throw new Error('The period has no bounds.');
  return { since: new Date(row.since), until: new Date(row.until) };
}

/** Renders `r` that were created within the span. */
export function within({ since, until }: Span): SQL {
  const end = sql`r.created_at < ${until.toISOString()}::timestamptz`;
  return since === null ? end : sql`r.created_at >= ${since.toISOString()}::timestamptz AND ${end}`;
}

/** When the tenant's first render was created, null before it. */
export async function firstRender(tx: Tx): Promise<Date | null> {
  const answer = await tx.execute<{ first: string | null }>(
    sql`SELECT created_at::text AS first FROM rd.renders ORDER BY created_at LIMIT 1`,
  );
  const first = answer.rows[0]?.first ?? null;
  return first === null ? null : new Date(first);
}
