import type { Tx } from '../db/index.ts';
import { tell } from '../domain/events/outbox.ts';
import type { RenderRow } from '../domain/renders/index.ts';

/** Tells the state of a render's line. */
export async function tellLine(tx: Tx, render: RenderRow): Promise<void> {
  await tell(tx, render.tenantId, {
    type: 'line.changed',
    order_id: render.orderId,
    line_id: render.lineId,
    render_id: render.id,
    status: render.status,
    error: render.error,
  });
}
