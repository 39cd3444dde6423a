import { sql } from 'drizzle-orm';
import type { RenderStatus } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { anyText, json } from '../sql.ts';
import type { OrderRow } from './present.ts';
import { effectiveSettings } from './settings.ts';

/**
 * Makes one new render for each line of the order in one of these states and points the line to it, in one statement
 * however many there are. Returns the renders' ids in line order.
 */
export async function startRenders(tx: Tx, order: OrderRow, lines: readonly RenderStatus[]): Promise<string[]> {
  const settings = effectiveSettings(order.baseSettings, order.renderOverrides);
  const answer = await tx.execute<{ id: string }>(sql`
    WITH made AS (
      INSERT INTO rd.renders (tenant_id, order_id, line_id, attempt, status, settings, material_override)
      SELECT l.tenant_id, l.order_id, l.id, l.attempts + 1, 'queued', ${json(settings)}, ${order.materialOverride}::text
      FROM rd.order_lines l WHERE l.order_id = ${order.id} AND l.status = ${anyText(lines)}
      RETURNING id, line_id
    ), pointed AS (
      UPDATE rd.order_lines l SET status = 'queued', render_id = made.id, attempts = l.attempts + 1, error = NULL
      FROM made WHERE l.id = made.line_id RETURNING made.id, l.position
    )
    SELECT id FROM pointed ORDER BY position`);
  return answer.rows.map((row) => row.id);
}

/** Tells the state of every line whose newest render is one of these, in one statement. */
export async function tellLines(tx: Tx, orderId: string, renderIds: readonly string[]): Promise<void> {
  if (renderIds.length === 0) return;
  await tx.execute(sql`
    INSERT INTO rd.outbox (tenant_id, event)
    SELECT l.tenant_id, jsonb_build_object('type', 'line.changed', 'order_id', l.order_id, 'line_id', l.id,
      'render_id', l.render_id, 'status', l.status, 'error', l.error)
    FROM rd.order_lines l
    WHERE l.order_id = ${orderId} AND l.render_id = ANY(${sql.param(renderIds)}::uuid[]) ORDER BY l.position`);
}
