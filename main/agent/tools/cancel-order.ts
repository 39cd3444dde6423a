import { z } from 'zod';
import { changes } from '../../pipeline/index.ts';
import { orderRef } from './order-ref.ts';
import { orderView } from './order-view.ts';
import { changeTool } from './tool.ts';

export const cancelOrder = changeTool({
  name: 'cancel_order',
  description:
    'Cancels what of an order is not rendered yet; finished renders stay. The user approves it first. ' +
    'Gives {order}, or {rejected, reason}.',
  args: z.object({ order_id: orderRef }).strict(),
  change: ({ order_id }) => changes.cancel(order_id),
  tell: (order) => ({ order: orderView(order) }),
});
