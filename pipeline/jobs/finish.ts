import { eq, sql } from 'drizzle-orm';
import { isFinalOrderStatus } from '../../shared/domain/index.ts';
import { schema, type Tx } from '../db/index.ts';
import { counted, noteByPipeline, saveOrder, spoken, type OrderRow } from '../domain/orders/index.ts';
import { logLine } from './claim.ts';
import { tellLine } from './line-event.ts';
import { lockRender } from './lock.ts';

const { orderLines, renders } = schema;

/** How a render ended. */
export type Outcome =
  | { status: 'done'; imageKey: string; imageBytes: number; durationMs: number }
  | { status: 'failed'; reason: string; error: string }
  | { status: 'cancelled' };

/**
 * Ends a render that is still open, once: whoever comes second changes nothing. Line, counters, events and the order's
 * own end follow in the same transaction. Says whether this call was the one.
 */
export async function finishRender(tx: Tx, renderId: string, outcome: Outcome): Promise<boolean> {
  const held = await lockRender(tx, renderId);
  if (held === null || (held.render.status !== 'running' && held.render.status !== 'queued')) return false;
  const { order, render } = held;
  const [ended] = await tx
    .update(renders)
    .set({ ...columnsOf(outcome), finishedAt: sql`now()`, log: [...render.log, logLine(sentence(outcome))] })
    .where(eq(renders.id, renderId))
    .returning();
  if (ended === undefined) throw new Error('The render is gone.');
  await tx.update(orderLines).set({ status: ended.status, error: ended.error }).where(eq(orderLines.id, ended.lineId));
  const after = await saveOrder(tx, order, { moves: [{ from: render.status, to: ended.status, count: 1 }] });
  await tellLine(tx, ended);
  if (isFinalOrderStatus(after.status)) await noteEnd(tx, after);
  return true;
}

function columnsOf(outcome: Outcome) {
  switch (outcome.status) {
    case 'done': {
      const { status, imageKey, imageBytes, durationMs } = outcome;
      return { status, progress: 1, imageKey, imageBytes, durationMs };
    }
    case 'failed':
      return { status: outcome.status, failureReason: outcome.reason, error: outcome.error };
    case 'cancelled':
      return { status: outcome.status };
  }
}

function sentence(outcome: Outcome): string {
  switch (outcome.status) {
    case 'done':
      return `Done in ${outcome.durationMs} ms, ${outcome.imageBytes} bytes`;
    case 'failed':
      return `Failed: ${outcome.error}`;
    case 'cancelled':
      return 'Stopped: the order was cancelled';
  }
}

async function noteEnd(tx: Tx, order: OrderRow): Promise<void> {
  const parts = [
    `${order.linesDone} of ${counted(order.linesTotal, 'render')} done`,
    order.linesFailed === 0 ? '' : `${order.linesFailed} failed`,
    order.linesCancelled === 0 ? '' : `${order.linesCancelled} cancelled`,
  ];
  const said = spoken(order.status);
  const text = `${said[0]?.toUpperCase() ?? ''}${said.slice(1)}: ${parts.filter(Boolean).join(', ')}.`;
  await noteByPipeline(tx, order.tenantId, { orderId: order.id, event: 'finished', text });
}
