import { asc, eq } from 'drizzle-orm';
import type { OrderHistoryEntry } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import type { Actor } from '../context.ts';
import { findOrder } from './find.ts';

const { orderHistory } = schema;

/** Who writes history when nobody asked for it: a render ended, an order came to its end. */
export const PIPELINE_ORIGIN = 'pipeline';

export interface HistoryNote {
  orderId: string;
  event: string;
  text: string;
}

/** Notes what a person or the assistant did to an order, with the door it came through. */
export async function note(tx: Tx, actor: Actor, entry: HistoryNote): Promise<void> {
  await tx
    .insert(orderHistory)
    .values({ ...entry, tenantId: actor.tenantId, actor: actor.userName, origin: actor.origin });
}

/** Notes what the pipeline itself did. */
export async function noteByPipeline(tx: Tx, tenantId: string, entry: HistoryNote): Promise<void> {
  await tx.insert(orderHistory).values({ ...entry, tenantId, actor: 'Pipeline', origin: PIPELINE_ORIGIN });
}

/** What happened to an order, oldest first. */
export async function listHistory(tx: Tx, ref: string): Promise<Result<OrderHistoryEntry[]>> {
  const found = await findOrder(tx, ref);
  if (!found.ok) return found;
  const rows = await tx
    .select()
    .from(orderHistory)
    .where(eq(orderHistory.orderId, found.value.order.id))
    .orderBy(asc(orderHistory.id));
  return ok(
    rows.map((row) => ({
      at: row.at.toISOString(),
      actor: row.actor,
      // The journal's id behind `assistant; tool_call=…` is for the audit.
      origin: row.origin.split(';')[0] ?? row.origin,
      event: row.event,
      text: row.text,
    })),
  );
}
