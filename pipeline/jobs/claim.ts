import { eq, sql } from 'drizzle-orm';
import { schema, type Tx } from '../db/index.ts';
import { saveOrder } from '../domain/orders/index.ts';
import type { RenderRow } from '../domain/renders/index.ts';
import { tellLine } from './line-event.ts';
import { lockRender } from './lock.ts';

const { orderLines, renders } = schema;

/**
 * Takes a render for this worker: queued becomes running. A job that is handed out again takes over the render its
 * dead worker left running. null: there is nothing to do (cancelled meanwhile, or done by somebody else).
 */
export async function claimRender(tx: Tx, renderId: string, redelivered: boolean): Promise<RenderRow | null> {
  const held = await lockRender(tx, renderId);
  if (held === null) return null;
  const { order, render } = held;
  const takesOver = render.status === 'running' && redelivered;
  if (render.status !== 'queued' && !takesOver) return null;
  const text = takesOver ? 'Taken over from a worker that stopped' : 'Started';
  const [claimed] = await tx
    .update(renders)
    .set({ status: 'running', progress: 0, startedAt: sql`now()`, log: [...render.log, logLine(text)] })
    .where(eq(renders.id, renderId))
    .returning();
  if (claimed === undefined) throw new Error('The render is gone.');
  if (takesOver) return claimed;
  await tx.update(orderLines).set({ status: 'running' }).where(eq(orderLines.id, render.lineId));
  await saveOrder(tx, order, { moves: [{ from: 'queued', to: 'running', count: 1 }] });
  await tellLine(tx, claimed);
  return claimed;
}

/** One line of a render's log, now. */
export function logLine(text: string): { at: string; text: string } {
  return { at: new Date().toISOString(), text };
}
