import { eq } from 'drizzle-orm';
import type { Order } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import { isUuid } from '../sql.ts';
import { presentOrder, type FoundOrder } from './present.ts';

const { orders, users } = schema;

/**
 * The order of that id or number. `lock` holds its row until the transaction ends: whoever changes an order or its lines
 * takes it first.
 */
export async function findOrder(tx: Tx, ref: string, lock = false): Promise<Result<FoundOrder>> {
  const named = isUuid(ref) ? eq(orders.id, ref) : eq(orders.number, ref.toUpperCase());
  if (lock) await tx.select({ id: orders.id }).from(orders).where(named).for('update');
  const [found] = await tx
    .select({ order: orders, creator: { id: users.id, name: users.name } })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.createdBy))
    .where(named);
  return found === undefined ? fail('not_found', 'There is no order of that id or number.') : ok(found);
}

/** The order of that id or number, as the API gives it. */
export async function getOrder(tx: Tx, ref: string): Promise<Result<Order>> {
  const found = await findOrder(tx, ref);
  return found.ok ? ok(presentOrder(found.value)) : found;
}
