import type { InferSelectModel } from 'drizzle-orm';
import type { LineCounts, Order } from '../../../shared/domain/index.ts';
import type { schema } from '../../db/index.ts';
import { effectiveSettings } from './settings.ts';

export type OrderRow = InferSelectModel<typeof schema.orders>;

/** An order's row with who made it. */
export interface FoundOrder {
  order: OrderRow;
  creator: { id: string; name: string };
}

/** How many lines of the order are in which state. */
export function lineCounts(row: OrderRow): LineCounts {
  return {
    total: row.linesTotal,
    queued: row.linesQueued,
    running: row.linesRunning,
    done: row.linesDone,
    failed: row.linesFailed,
    cancelled: row.linesCancelled,
  };
}

/** The order as the API gives it. */
export function presentOrder({ order, creator }: FoundOrder): Order {
  return {
    id: order.id,
    number: order.number,
    status: order.status,
    output_type_name: order.outputTypeName,
    settings: effectiveSettings(order.baseSettings, order.renderOverrides),
    render_overrides: order.renderOverrides,
    material_override: order.materialOverride,
    lines: lineCounts(order),
    created_by: creator,
    created_at: order.createdAt.toISOString(),
    dispatched_at: order.dispatchedAt?.toISOString() ?? null,
    finished_at: order.finishedAt?.toISOString() ?? null,
  };
}
