import { z } from 'zod';
import { changes } from '../../pipeline/index.ts';
import { orderRef } from './order-ref.ts';
import { orderView } from './order-view.ts';
import { changeTool } from './tool.ts';

export const retryFailedRenders = changeTool({
  name: 'retry_failed_renders',
  description:
    'Renders the failed lines of an order again. Failures for unmapped materials fail again unless a mapping or material ' +
    'override was set first. The user approves it first. Gives {order}, or {rejected, reason}.',
  args: z.object({ order_id: orderRef }).strict(),
  change: ({ order_id }) => changes.retryFailed(order_id),
  tell: (order) => ({ order: orderView(order) }),
});
