import { sql } from 'drizzle-orm';
import type { HistoryOrder } from '../../shared/domain/catalogue.ts';
import type { Tx } from '../db/index.ts';

/**
 * When each order of the history was made, as seen from now in the time zone: within the current ISO week, or so many
 * days ago at a time of day. The database works it out with its own time zone data.
 */
export async function placeOrders(tx: Tx, orders: readonly HistoryOrder[], timeZone: string): Promise<Date[]> {
  const places = orders.map((order, position) =>
    order.this_week
      ? { position, part: order.week_part, days: 0, minutes: 0 }
      : { position, part: null, days: order.days_ago, minutes: order.hour * 60 + order.minute },
  );
  const answer = await tx.execute<{ at: string }>(sql`
    SELECT CASE WHEN place.part IS NULL
        THEN (date_trunc('day', here) - place.days * interval '1 day' + place.minutes * interval '1 minute') AT TIME ZONE ${timeZone}
        ELSE monday + place.part * (now() - monday) END::text AS at
    FROM jsonb_to_recordset(${JSON.stringify(places)}::jsonb)
        AS place (position integer, part double precision, days integer, minutes integer),
      LATERAL (SELECT now() AT TIME ZONE ${timeZone} AS here) local,
      LATERAL (SELECT date_trunc('week', here) AT TIME ZONE ${timeZone} AS monday) week
    ORDER BY place.position`);
  return answer.rows.map((row) => new Date(row.at));
}
