import { z } from 'zod';
import { orderStatusSchema } from '../../../shared/domain/index.ts';
import { ok } from '../../../shared/errors/index.ts';
import { orderView } from './order-view.ts';
import { readTool } from './tool.ts';

export const listOrders = readTool({
  name: 'list_orders',
  description:
    'Lists render orders of the company, newest first. Use it for "my last 5 orders", "which orders run". ' +
    'status narrows to one state; mine=true to the orders of the signed-in user; limit is 5 unless asked otherwise. ' +
    'Gives {total, orders} with number, status, output type, format, size and counts of renders; total counts all that match.',
  args: z
    .object({
      status: orderStatusSchema.nullish(),
      limit: z.number().int().min(1).max(50).nullish(),
      mine: z.boolean().nullish(),
    })
    .strict(),
  run: async ({ status, limit, mine }, { pipeline, signal }) => {
    const query = { limit: limit ?? 5, ...(status ? { status } : {}), ...(mine ? { mine } : {}) };
    const page = await pipeline.read.orders(query, signal);
    return page.ok ? ok({ total: page.value.total, orders: page.value.items.map(orderView) }) : page;
  },
});
