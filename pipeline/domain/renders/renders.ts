import { eq } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import type { Render } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import { isUuid } from '../sql.ts';

export type RenderRow = InferSelectModel<typeof schema.renders>;

/** The render of that id. */
export async function findRender(tx: Tx, id: string): Promise<Result<RenderRow>> {
  if (!isUuid(id)) return fail('not_found', 'There is no render of that id.');
  const [row] = await tx.select().from(schema.renders).where(eq(schema.renders.id, id));
  return row === undefined ? fail('not_found', 'There is no render of that id.') : ok(row);
}

/** The render as the API gives it. */
export function presentRender(row: RenderRow): Render {
  return {
    id: row.id,
    order_id: row.orderId,
    line_id: row.lineId,
    attempt: row.attempt,
    status: row.status,
    progress: row.progress,
    settings: row.settings,
    error: row.error,
    failure_reason: row.failureReason,
    duration_ms: row.durationMs,
    image_bytes: row.imageBytes,
    created_at: row.createdAt.toISOString(),
    started_at: row.startedAt?.toISOString() ?? null,
    finished_at: row.finishedAt?.toISOString() ?? null,
  };
}
