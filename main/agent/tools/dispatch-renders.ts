import { z } from 'zod';
import { changes } from '../../pipeline/index.ts';
import { orderRef } from './order-ref.ts';
import { orderView } from './order-view.ts';
import { changeTool } from './tool.ts';

export const dispatchRenders = changeTool({
  name: 'dispatch_renders',
  description:
    'Queues the renders of a draft order. Only for orders in state draft: create_order submits by itself. ' +
    'The user approves it first. Gives {order}, or {rejected, reason}.',
  args: z.object({ order_id: orderRef }).strict(),
  change: ({ order_id }) => changes.dispatch(order_id),
  tell: (order) => ({ order: orderView(order) }),
});
