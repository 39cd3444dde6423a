import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { schema, type Tx } from '../db/index.ts';
import { saveOrder } from '../domain/orders/index.ts';
import type { RenderRow } from '../domain/renders/index.ts';
import { finishHeld } from './finish.ts';
import { tellLine } from './line-event.ts';
import { lockRender } from './lock.ts';
import { logLine, type LogLine } from './log-line.ts';

const { orderLines, renders } = schema;

/** A render that this worker may bring to its end: nobody else can while `claim` stands in its row. */
export type ClaimedRender = RenderRow & { claim: string };

/**
 * Takes a render for this worker: queued becomes running, under a new claim. One that is running already was left by a
 * worker that is presumed dead; the new claim takes the render over, and whatever the old worker still does is in vain.
 * null: there is nothing to do (ended or cancelled meanwhile).
 */
export async function claimRender(tx: Tx, renderId: string, worker: string): Promise<ClaimedRender | null> {
  const held = await lockRender(tx, renderId);
  if (held === null) return null;
  const { order, render } = held;
  if (render.status !== 'queued' && render.status !== 'running') return null;
  if (order.status === 'cancelling') {
    await finishHeld(tx, held, { status: 'cancelled' });
    return null;
  }
  const takesOver = render.status === 'running';
  const text = takesOver ? `Taken over by ${worker} from a worker that stopped` : `Started by ${worker}`;
  const claim = randomUUID();
  const [claimed] = await tx
    .update(renders)
    .set({ status: 'running', progress: 0, claim, worker, startedAt: sql`now()`, log: [...render.log, logLine(text)] })
    .where(eq(renders.id, renderId))
    .returning();
  if (claimed === undefined) throw new Error('The render is gone.');
  if (takesOver) return { ...claimed, claim };
  await tx.update(orderLines).set({ status: 'running' }).where(eq(orderLines.id, render.lineId));
  await saveOrder(tx, order, { moves: [{ from: 'queued', to: 'running', count: 1 }] });
  await tellLine(tx, claimed);
  return { ...claimed, claim };
}

/**
 * Lets go of a render that broke on the way (the worker stops, the disk is full): it waits again, with what was said
 * in its log. Says whether the claim still held.
 */
export async function releaseRender(tx: Tx, { id, claim }: ClaimedRender, said: readonly LogLine[]): Promise<boolean> {
  const held = await lockRender(tx, id);
  if (held?.render.status !== 'running' || held.render.claim !== claim) return false;
  const { order, render } = held;
  if (order.status === 'cancelling') return await finishHeld(tx, held, { status: 'cancelled' });
  const [released] = await tx
    .update(renders)
    .set({ status: 'queued', progress: 0, claim: null, startedAt: null, log: [...render.log, ...said] })
    .where(eq(renders.id, id))
    .returning();
  if (released === undefined) throw new Error('The render is gone.');
  await tx.update(orderLines).set({ status: 'queued' }).where(eq(orderLines.id, render.lineId));
  await saveOrder(tx, order, { moves: [{ from: 'running', to: 'queued', count: 1 }] });
  await tellLine(tx, released);
  return true;
}
