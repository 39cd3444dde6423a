import { z } from 'zod';
import { ok } from '../../../shared/errors/index.ts';
import { findOrder } from './order-ref.ts';
import { readTool } from './tool.ts';

export const showInApp = readTool({
  name: 'show_in_app',
  description:
    'Opens something in the user\'s window: the list of orders or products, one order (id: number, id or "last"), one product ' +
    '(id: its id or PIM-ID), or the settings. Use it only where the user asks to see, open or show it. Gives {shown, view, id}.',
  args: z
    .object({
      view: z.enum(['orders', 'order', 'products', 'product', 'settings']),
      id: z.string().trim().min(1).max(64).nullish(),
    })
    .strict()
    .refine(({ view, id }) => Boolean(id) || (view !== 'order' && view !== 'product'), {
      message: 'say which one',
      path: ['id'],
    }),
  run: async ({ view, id }, context) => {
    const found = await idOf(view, id ?? null, context);
    if (!found.ok) return found;
    context.navigate({ view, id: found.value });
    return ok({ shown: true, view, id: found.value });
  },
});

/** Only what is there is shown, by its id. */
async function idOf(view: string, id: string | null, context: Parameters<typeof findOrder>[1]) {
  if (id === null) return ok(null);
  if (view === 'order') {
    const order = await findOrder(id, context);
    return order.ok ? ok(order.value.id) : order;
  }
  if (view !== 'product') return ok(null);
  const product = await context.pipeline.read.product(id);
  return product.ok ? ok(product.value.id) : product;
}
