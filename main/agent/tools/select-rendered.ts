import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { PERIODS, RENDER_STATUSES } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import { findOrder } from './order-ref.ts';
import { readTool, type ToolContext } from './tool.ts';

export const selectRendered = readTool({
  name: 'select_rendered',
  description:
    'Selects products by how their renders went: "the ones that failed", "what is done of order SA-2026-00160", "everything that ' +
    'failed this week". Give order_id (number, id, or "last" for the newest order of the user), period, or both; status ' +
    'narrows to one state. A product counts by its newest render. Gives {count, selection_id, label, products: the first few} for ' +
    'create_order or combine_selections; selection_id is null where there are none. To render failed lines of one order again ' +
    'unchanged, use retry_failed_renders instead.',
  args: z
    .object({
      order_id: z.string().trim().min(1).max(64).nullish(),
      status: z.enum(RENDER_STATUSES).nullish(),
      period: z.enum(PERIODS).nullish(),
    })
    .strict()
    .refine(({ order_id, period }) => Boolean(order_id ?? period), {
      message: 'give order_id, period, or both',
      path: ['order_id'],
    }),
  run: async ({ order_id, status, period }, context) => {
    const order = await numberOf(order_id, context);
    if (!order.ok) return order;
    const renders = { ...order.value, ...(status ? { status } : {}), ...(period ? { period } : {}) };
    const made = await context.pipeline.read.createSelection({ renders }, randomUUID(), context.signal);
    if (!made.ok) return made;
    const { id, count, label, sample } = made.value;
    return ok({ count, selection_id: count === 0 ? null : id, label, products: sample.slice(0, 5) });
  },
});

async function numberOf(ref: string | null | undefined, context: ToolContext): Promise<Result<{ order?: string }>> {
  if (!ref) return ok({});
  const order = await findOrder(ref, context);
  return order.ok ? ok({ order: order.value.number }) : order;
}
