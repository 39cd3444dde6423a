import { sql } from 'drizzle-orm';
import type { Order } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import type { ChangeContext } from '../context.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { productSample } from './effect.ts';
import { findOrder } from './find.ts';
import { note } from './history.ts';
import { sampleOfLines } from './order-products.ts';
import { presentOrder, type FoundOrder, type OrderRow } from './present.ts';
import { lineRows } from './rows.ts';
import { saveOrder } from './save.ts';
import { tellLines } from './start-renders.ts';
import { allowAction } from './states.ts';

/**
 * Works out a cancellation: what waits is never rendered, what renders is stopped. The counts move while an order
 * renders, so the snapshot covers what a person decided on (this order, unchanged by others), not the counts.
 */
export async function planCancel(context: ChangeContext, ref: string): Promise<Result<Plan<Order>>> {
  const { tx, lock } = context;
  const found = await findOrder(tx, ref, lock);
  if (!found.ok) return found;
  const { order } = found.value;
  const allowed = allowAction('cancel', order);
  if (!allowed.ok) return allowed;
  const open = sql`l.order_id = ${order.id} AND l.status IN ('queued', 'running')`;
  return ok({
    effect: {
      summary: `Cancel ${order.number}: ${cancelSentence(order)}`,
      counts: { orders: 1, queued: order.linesQueued, running: order.linesRunning, kept: order.linesDone },
      sample: productSample([], await sampleOfLines(tx, open)),
    },
    snapshot: snapshotOf('cancel', order.id, order.revision),
    rows: (request) => lineRows(tx, { lines: open, unmapped: [] }, request),
    execute: () => cancel(context, found.value),
  });
}

function cancelSentence(order: OrderRow): string {
  const kept = order.linesDone === 0 ? '' : `, ${order.linesDone} finished stay`;
  return `${order.linesQueued} waiting will not be rendered, ${order.linesRunning} running are stopped${kept}`;
}

async function cancel({ tx, actor, queue }: ChangeContext, found: FoundOrder): Promise<Order> {
  const { order, creator } = found;
  const cancelled = await cancelQueued(tx, order);
  await queue.remove(tx, cancelled);
  const after = await saveOrder(tx, order, {
    moves: [{ from: 'queued', to: 'cancelled', count: order.linesQueued }],
    status: order.linesRunning > 0 ? 'cancelling' : 'cancelled',
    set: { revision: order.revision + 1 },
  });
  await tellLines(tx, order.id, cancelled);
  // Workers that render for this order hear it when this commits, in whichever process they are.
  await tx.execute(sql`SELECT pg_notify('rd_cancel', ${order.id})`);
  await note(tx, actor, { orderId: order.id, event: 'cancelled', text: `Cancelled: ${cancelSentence(order)}.` });
  return presentOrder({ order: after, creator });
}

/** Cancels the lines nobody renders yet, with their renders. Returns those renders' ids; a draft's lines have none. */
async function cancelQueued(tx: ChangeContext['tx'], order: OrderRow): Promise<string[]> {
  const answer = await tx.execute<{ render_id: string | null }>(sql`
    WITH lines AS (
      UPDATE rd.order_lines SET status = 'cancelled' WHERE order_id = ${order.id} AND status = 'queued' RETURNING render_id
    ), stopped AS (
      UPDATE rd.renders r SET status = 'cancelled', finished_at = now() FROM lines WHERE r.id = lines.render_id
    )
    SELECT render_id FROM lines`);
  return answer.rows.flatMap((row) => (row.render_id === null ? [] : [row.render_id]));
}
