import { sql, type SQL } from 'drizzle-orm';
import type { RenderStats, STATS_GROUPS } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { firstRender, within, type Span } from './period.ts';

type Groups = RenderStats['groups'];
type GroupBy = (typeof STATS_GROUPS)[number];

export interface Grouping {
  span: Span;
  groupBy: GroupBy;
  timeZone: string;
}

/** More groups than this are no picture any more, and an hour since the year 1 would be millions. */
const MOST_GROUPS = 5000;
const HOUR_MS = 3_600_000;

/** By unit of time: what the database calls it, the shortest it lasts, and how its key is written. */
const UNITS = {
  hour: { ms: HOUR_MS, key: 'YYYY-MM-DD"T"HH24:MI' },
  day: { ms: 23 * HOUR_MS, key: 'YYYY-MM-DD' },
  week: { ms: 167 * HOUR_MS, key: 'IYYY-"W"IW' },
  month: { ms: 671 * HOUR_MS, key: 'YYYY-MM' },
} as const;
type Unit = keyof typeof UNITS;

const COUNTS = sql`count(*)::integer AS total, count(*) FILTER (WHERE r.status = 'done')::integer AS done,
  count(*) FILTER (WHERE r.status = 'failed')::integer AS failed,
  count(*) FILTER (WHERE r.status = 'cancelled')::integer AS cancelled`;

/** Renders of the span in groups. Fails where that would be thousands of them. */
export async function groupRenders(tx: Tx, { span, groupBy, timeZone }: Grouping): Promise<Result<Groups>> {
  switch (groupBy) {
    case 'none':
      return ok([]);
    case 'hour':
    case 'day':
    case 'week':
    case 'month':
      return await groupByTime(tx, { span, unit: groupBy, timeZone });
    case 'status':
      return ok(await groupByField(tx, span, sql`r.status`));
    case 'reason':
      return ok(await groupByField(tx, span, sql`coalesce(r.failure_reason, 'Unknown')`, sql`r.status = 'failed'`));
    case 'output_type':
      return ok(await groupByOutputType(tx, span));
  }
}

async function groupByField(tx: Tx, span: Span, key: SQL, only: SQL = sql`true`): Promise<Groups> {
  const answer = await tx.execute<Groups[number]>(sql`
    SELECT ${key} AS key, NULL AS start, ${COUNTS} FROM rd.renders r WHERE ${within(span)} AND ${only}
    GROUP BY 1 ORDER BY 3 DESC, 1`);
  return answer.rows;
}

/** Read first and joined then: else the planner walks the renders order by order, ten times as long for a million. */
async function groupByOutputType(tx: Tx, span: Span): Promise<Groups> {
  const answer = await tx.execute<Groups[number]>(sql`
    WITH picked AS MATERIALIZED (SELECT r.order_id, r.status FROM rd.renders r WHERE ${within(span)})
    SELECT o.output_type_name AS key, NULL AS start, ${COUNTS}
    FROM picked r JOIN rd.orders o ON o.id = r.order_id GROUP BY 1 ORDER BY 3 DESC, 1`);
  return answer.rows;
}

interface TimeRow extends Record<string, unknown> {
  start: string;
  label: string;
  offset_min: number;
  total: number;
  done: number;
  failed: number;
  cancelled: number;
}

/**
 * By hour, day, ISO week or month of the time zone, with the empty ones between. An hour is an hour of real time, so the
 * day on which summer time ends has 25 and its two hours from 2 to 3 stay apart; a day is what the calendar calls one.
 */
async function groupByTime(
  tx: Tx,
  { span, unit, timeZone }: { span: Span; unit: Unit; timeZone: string },
): Promise<Result<Groups>> {
  const since = span.since ?? (await firstRender(tx));
  const until = new Date(Math.min(span.until.getTime(), Date.now()));
  if (since === null || since >= until) return ok([]);
  if ((until.getTime() - since.getTime()) / UNITS[unit].ms > MOST_GROUPS) {
    return fail(
      'validation_failed',
      `That is more than ${MOST_GROUPS} groups. Take a shorter period or larger groups.`,
      {
        fields: [{ field: 'group_by', message: `at most ${MOST_GROUPS} groups` }],
      },
    );
  }
  const answer = await tx.execute<TimeRow>(sql`
    WITH counted AS (
      SELECT ${startOf(unit, sql`r.created_at`, timeZone)} AS start, ${COUNTS} FROM rd.renders r
      WHERE ${within(span)} GROUP BY 1
    ), series AS (${seriesOf(unit, { since, until }, timeZone)})
    SELECT start::text, to_char(start AT TIME ZONE ${timeZone}, ${UNITS[unit].key}) AS label,
      (extract(epoch FROM (start AT TIME ZONE ${timeZone}) - (start AT TIME ZONE 'UTC')) / 60)::integer AS offset_min,
      coalesce(total, 0) AS total, coalesce(done, 0) AS done, coalesce(failed, 0) AS failed,
      coalesce(cancelled, 0) AS cancelled
    FROM series FULL JOIN counted USING (start) ORDER BY start`);
  return ok(answer.rows.map((row) => presentTime(row, unit)));
}

/** Where the unit begins that holds this moment. */
function startOf(unit: Unit, at: SQL, timeZone: string): SQL {
  return unit === 'hour'
    ? sql`date_trunc('hour', ${at}, ${timeZone})`
    : sql`date_trunc(${unit}, ${at} AT TIME ZONE ${timeZone}) AT TIME ZONE ${timeZone}`;
}

/** The beginning of every unit of the span. Hours by quarters: some zones are half an hour off, and move by as much. */
function seriesOf(unit: Unit, { since, until }: { since: Date; until: Date }, timeZone: string): SQL {
  const from = sql`${since.toISOString()}::timestamptz`;
  const to = sql`${until.toISOString()}::timestamptz`;
  if (unit === 'hour') {
    return sql`SELECT DISTINCT ${startOf('hour', sql`at`, timeZone)} AS start
      FROM generate_series(${from}, ${to} - interval '1 microsecond', interval '15 minutes') at`;
  }
  return sql`SELECT day AT TIME ZONE ${timeZone} AS start
    FROM generate_series(date_trunc(${unit}, ${from} AT TIME ZONE ${timeZone}),
      ${to} AT TIME ZONE ${timeZone} - interval '1 microsecond', ${`1 ${unit}`}::interval) day`;
}

function presentTime({ start, label, offset_min: offset, ...counts }: TimeRow, unit: Unit): Groups[number] {
  const { total, done, failed, cancelled } = counts;
  const key = unit === 'hour' ? `${label}${offsetText(offset)}` : label;
  return { key, start: new Date(start).toISOString(), total, done, failed, cancelled };
}

/** `+02:00` */
function offsetText(minutes: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
