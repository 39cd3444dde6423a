import { eq, sql } from 'drizzle-orm';
import { isFinalOrderStatus } from '../../shared/domain/index.ts';
import { schema, type Tx } from '../db/index.ts';
import { counted, mayRenderBecome, noteByPipeline, saveOrder, spoken, type OrderRow } from '../domain/orders/index.ts';
import type { RenderRow } from '../domain/renders/index.ts';
import { tellLine } from './line-event.ts';
import { lockRender } from './lock.ts';
import { logLine, type LogLine } from './log-line.ts';

const { orderLines, renders } = schema;

/** How a render ended. `log`: what the renderer said meanwhile. */
export type Outcome = (
  | { status: 'done'; imageKey: string; imageBytes: number; durationMs: number }
  | { status: 'failed'; reason: string; error: string }
  | { status: 'cancelled' }
) & { log?: readonly LogLine[] };

/**
 * Ends a render that is still open, once: whoever comes second changes nothing. With a claim only its holder ends it; a
 * worker that was taken for dead and comes back holds an old one. Line, counters, events and the order's own end follow
 * in the same transaction. Says whether this call was the one.
 */
export async function finishRender(tx: Tx, renderId: string, claim: string | null, outcome: Outcome): Promise<boolean> {
  const held = await lockRender(tx, renderId);
  if (held === null || (claim !== null && held.render.claim !== claim)) return false;
  return await finishHeld(tx, held, outcome);
}

/** The same for a render whose row and order the transaction holds locked. */
export async function finishHeld(
  tx: Tx,
  { order, render }: { order: OrderRow; render: RenderRow },
  outcome: Outcome,
): Promise<boolean> {
  if (!mayRenderBecome(render.status, outcome.status)) return false;
  const log = [...render.log, ...(outcome.log ?? []), logLine(sentence(outcome))];
  const [ended] = await tx
    .update(renders)
    .set({ ...columnsOf(outcome), finishedAt: sql`now()`, log })
    .where(eq(renders.id, render.id))
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
