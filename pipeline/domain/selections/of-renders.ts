import { sql } from 'drizzle-orm';
import type { NewSelection } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { isUuid } from '../sql.ts';
import { spanOf, within } from '../stats/index.ts';
import { tenantTimeZone } from '../tenants/index.ts';
import type { Chosen } from './choose.ts';

type Asked = Extract<NewSelection, { renders: unknown }>['renders'];

/** As many products as a selection may be made of by their ids. */
const MOST = 100_000;

/** Products whose renders came to a state: those of an order, those of a period, or of both. Each once. */
export async function chooseByRenders(tx: Tx, { order: ref, status, period }: Asked): Promise<Result<Chosen>> {
  const order = ref === undefined ? undefined : await orderNamed(tx, ref);
  if (ref !== undefined && order === undefined) return fail('not_found', 'There is no order of that id or number.');
  const ofOrder = order ? sql`l.order_id = ${order.id}` : sql`true`;
  const ofStatus = status === undefined ? sql`true` : sql`l.status = ${status}`;
  // Of a line its newest render counts: what failed and was rendered again since is not among the failed ones.
  const span = period === undefined ? undefined : await spanOf(tx, period, await tenantTimeZone(tx));
  const ofPeriod = span
    ? sql`EXISTS (SELECT FROM rd.renders r WHERE r.id = l.render_id AND ${within(span)})`
    : sql`true`;
  const found = await tx.execute<{ id: string }>(sql`
    SELECT l.product_id AS id FROM rd.order_lines l
    WHERE ${ofOrder} AND ${ofStatus} AND ${ofPeriod}
    GROUP BY l.product_id ORDER BY min(l.position), l.product_id LIMIT ${MOST + 1}`);
  if (found.rows.length > MOST)
    return fail('payload_too_large', `These are more than ${MOST} products. Name an order.`);
  const label = [status ?? 'rendered', order && `in ${order.number}`, period?.replace('_', ' ')]
    .filter(Boolean)
    .join(' ');
  return ok({ productIds: found.rows.map(({ id }) => id), label });
}

async function orderNamed(tx: Tx, ref: string): Promise<{ id: string; number: string } | undefined> {
  const named = isUuid(ref) ? sql`o.id = ${ref}` : sql`o.number = ${ref.toUpperCase()}`;
  const answer = await tx.execute<{ id: string; number: string }>(
    sql`SELECT o.id, o.number FROM rd.orders o WHERE ${named}`,
  );
  return answer.rows[0];
}
