import { eq } from 'drizzle-orm';
import {
  isFinalOrderStatus,
  type LineCounts,
  type OrderStatus,
  type RenderStatus,
} from '../../../shared/domain/index.ts';
import { schema, type Tx, type UnnumberedEvent } from '../../db/index.ts';
import { tell } from '../events/outbox.ts';
import { lineCounts, type OrderRow } from './present.ts';
import { mayFollow, rollUp } from './states.ts';

const { orders } = schema;

/** So many lines went from one state to another. */
export interface LineMove {
  from: RenderStatus;
  to: RenderStatus;
  count: number;
}

export interface OrderChange {
  moves?: readonly LineMove[];
  /** State that the change leads to, before the lines have their say. */
  status?: OrderStatus;
  /** Columns beside state and counters. A person's change counts up `revision`. */
  set?: Partial<Pick<OrderRow, 'revision' | 'dispatchedAt' | 'materialOverride' | 'renderOverrides'>>;
}

/**
 * Writes a change of an order whose row the transaction holds locked: counters, the state that follows from them, and
 * the event that tells it. The one writer of `orders.status` after the order was made.
 */
export async function saveOrder(tx: Tx, before: OrderRow, change: OrderChange): Promise<OrderRow> {
  const lines = moveLines(lineCounts(before), change.moves ?? []);
  const asked = change.status ?? before.status;
  const status = rollUp(asked, lines);
  if (!mayFollow(before.status, asked) || !mayFollow(asked, status)) {
    throw new Error(`Order ${before.number} cannot go from ${before.status} over ${asked} to ${status}.`);
  }
  const [after] = await tx
    .update(orders)
    .set({
      ...change.set,
      status,
      linesQueued: lines.queued,
      linesRunning: lines.running,
      linesDone: lines.done,
      linesFailed: lines.failed,
      linesCancelled: lines.cancelled,
      finishedAt: finishedAt(before, status),
      cancellingSince: status === 'cancelling' ? (before.cancellingSince ?? new Date()) : null,
    })
    .where(eq(orders.id, before.id))
    .returning();
  if (after === undefined) throw new Error(`Order ${before.number} is gone.`);
  await tell(tx, after.tenantId, orderChanged(after));
  return after;
}

/** The event that tells an order's state. */
export function orderChanged(order: OrderRow): UnnumberedEvent {
  return {
    type: 'order.changed',
    order_id: order.id,
    number: order.number,
    status: order.status,
    lines: lineCounts(order),
  };
}

function moveLines(counts: LineCounts, moves: readonly LineMove[]): LineCounts {
  const after = { ...counts };
  for (const { from, to, count } of moves) {
    after[from] -= count;
    after[to] += count;
  }
  return after;
}

function finishedAt(before: OrderRow, status: OrderStatus): Date | null {
  if (!isFinalOrderStatus(status)) return null;
  return isFinalOrderStatus(before.status) ? before.finishedAt : new Date();
}
