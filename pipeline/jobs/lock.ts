import { eq } from 'drizzle-orm';
import { schema, type Tx } from '../db/index.ts';
import type { OrderRow } from '../domain/orders/index.ts';
import type { RenderRow } from '../domain/renders/index.ts';

const { orders, renders } = schema;

/** Locks a render with its order: the order first, as everybody does who changes either, so that nobody waits in a ring. */
export async function lockRender(tx: Tx, renderId: string): Promise<{ order: OrderRow; render: RenderRow } | null> {
  const [known] = await tx.select({ orderId: renders.orderId }).from(renders).where(eq(renders.id, renderId));
  if (known === undefined) return null;
  const [order] = await tx.select().from(orders).where(eq(orders.id, known.orderId)).for('update');
  const [render] = await tx.select().from(renders).where(eq(renders.id, renderId)).for('update');
  return order === undefined || render === undefined ? null : { order, render };
}
