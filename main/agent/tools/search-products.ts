import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { ok } from '../../../shared/errors/index.ts';
import { readTool } from './tool.ts';

const DEFAULT_SHOWN = 5;

export const searchProducts = readTool({
  name: 'search_products',
  description:
    'Finds products by name, PIM-ID, designation (query) and category (name or path; covers everything below it). ' +
    'Use it before create_order to find what to render. Gives {count, selection_id, label, products}: selection_id stands for ' +
    'ALL count products, however many, and is what create_order takes; products shows only the first few (limit, 5 unless ' +
    'asked otherwise). selection_id is null where nothing was found.',
  args: z
    .object({
      query: z.string().trim().max(200).nullish(),
      category: z.string().trim().max(300).nullish(),
      limit: z.number().int().min(1).max(20).nullish(),
    })
    .strict(),
  run: async ({ query, category, limit }, { pipeline, signal }) => {
    const filter = { ...(query ? { query } : {}), ...(category ? { category } : {}) };
    const page = await pipeline.read.products({ ...filter, limit: limit ?? DEFAULT_SHOWN }, signal);
    if (!page.ok) return page;
    const label = [category, query].filter(Boolean).join(': ') || 'all products';
    if (page.value.items.length === 0) return ok({ count: 0, selection_id: null, label, products: [] });
    const selection = await pipeline.read.createSelection({ filter, label }, randomUUID(), signal);
    if (!selection.ok) return selection;
    const products = page.value.items.map(({ id, pim_id, name, category_path }) => {
      return { id, pim_id, name, category: category_path.join(' > ') };
    });
    return ok({
      count: selection.value.count,
      selection_id: selection.value.id,
      label: selection.value.label,
      products,
    });
  },
});
