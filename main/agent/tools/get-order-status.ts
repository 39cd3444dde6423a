import { z } from 'zod';
import { ok } from '../../../shared/errors/index.ts';
import { findOrder } from './order-ref.ts';
import { orderView } from './order-view.ts';
import { readTool } from './tool.ts';

const SHOWN_FAILURES = 10;

export const getOrderStatus = readTool({
  name: 'get_order_status',
  description:
    'Tells how far an order is: state, renders done, failed, queued, running, and the first failures with their reason. ' +
    'order_id is an order number, an id, or "last" for the newest order of the signed-in user. Gives {order, failures}.',
  args: z.object({ order_id: z.string().trim().min(1).max(64).describe('Order number, order id, or "last"') }).strict(),
  run: async ({ order_id }, context) => {
    const order = await findOrder(order_id, context);
    if (!order.ok) return order;
    if (order.value.lines.failed === 0) return ok({ order: orderView(order.value), failures: [] });
    const query = { status: 'failed', limit: SHOWN_FAILURES };
    const lines = await context.pipeline.read.orderLines(order.value.id, query, context.signal);
    if (!lines.ok) return lines;
    const failures = lines.value.items.map(({ product, error }) => ({ pim_id: product.pim_id, error }));
    return ok({ order: orderView(order.value), failures });
  },
});
