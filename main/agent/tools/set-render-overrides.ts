import { z } from 'zod';
import { changes } from '../../pipeline/index.ts';
import { orderRef } from './order-ref.ts';
import { orderView } from './order-view.ts';
import { givenOverrides, overridesArgument } from './render-overrides.ts';
import { changeTool } from './tool.ts';

export const setRenderOverrides = changeTool({
  name: 'set_render_overrides',
  description:
    'Replaces settings of the output type for a whole order: format, width, height, quality, background, samples, camera. ' +
    'What is null is taken from the output type again, so send every override the order shall have. The user approves it first. ' +
    'Gives {order, previous}, or {rejected, reason}.',
  args: z.object({ order_id: orderRef, overrides: overridesArgument }).strict(),
  change: ({ order_id, overrides }) => changes.setRenderOverrides(order_id, givenOverrides(overrides)),
  tell: ({ order, previous }) => ({ order: orderView(order), previous }),
});
