import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Order, OrderStatus, Page } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { countRows, cutPage, decodeCursor, instantKey, type PageRequest } from '../paging.ts';
import { presentOrder } from './present.ts';
import { hasText } from './text-filter.ts';

const { orders, users } = schema;

/** What is looked for among orders. Times are ISO 8601, `until` exclusive. */
export interface OrderFilter {
  status?: OrderStatus | undefined;
  /** Part of the number, the output type, the material override or the creator's name. */
  text?: string | undefined;
  mine?: boolean | undefined;
  since?: string | undefined;
  until?: string | undefined;
}

const cursorKey = z.tuple([instantKey, z.uuid()]);

/** Orders, newest first. */
export async function listOrders(
  { tx, actor }: Context,
  filter: OrderFilter,
  page: PageRequest,
): Promise<Result<Page<Order>>> {
  const cursor = decodeCursor(page.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  const where = and(...conditions(filter, actor.userId), await hasText(tx, filter.text?.trim() ?? '')) ?? sql`true`;
  const after =
    cursor.value &&
    sql`(${orders.createdAt}, ${orders.id}) < (${cursor.value[0]}::timestamptz, ${cursor.value[1]}::uuid)`;
  const rows = await tx
    .select({
      order: orders,
      creator: { id: users.id, name: users.name },
      // Microseconds, which a Date would lose.
      createdAt: sql<string>`${orders.createdAt}::text`,
    })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.createdBy))
    .where(after ? and(where, after) : where)
    .orderBy(desc(orders.createdAt), desc(orders.id))
    .limit(page.limit + 1);
  const total = await countRows(tx, sql`FROM ${orders} WHERE ${where}`);
  const cut = cutPage(rows, page.limit, { present: presentOrder, keyOf: (row) => [row.createdAt, row.order.id] });
  return ok({ ...cut, ...total });
}

function conditions(filter: OrderFilter, userId: string): SQL[] {
  const found: SQL[] = [];
  if (filter.status !== undefined) found.push(eq(orders.status, filter.status));
  if (filter.mine === true) found.push(eq(orders.createdBy, userId));
  if (filter.since !== undefined) found.push(sql`${orders.createdAt} >= ${filter.since}::timestamptz`);
  if (filter.until !== undefined) found.push(sql`${orders.createdAt} < ${filter.until}::timestamptz`);
  return found;
}
