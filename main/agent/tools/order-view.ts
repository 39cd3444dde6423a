import type { Order } from '../../../shared/domain/index.ts';

/** An order as the model is told of it; see docs/tools.md. */
export function orderView(order: Order) {
  return {
    id: order.id,
    number: order.number,
    status: order.status,
    output_type: order.output_type_name,
    format: order.settings.format,
    width: order.settings.width,
    height: order.settings.height,
    material_override: order.material_override,
    products: order.lines.total,
    done: order.lines.done,
    failed: order.lines.failed,
    queued: order.lines.queued,
    running: order.lines.running,
    cancelled: order.lines.cancelled,
    created_at: order.created_at,
    created_by: order.created_by.name,
  };
}
