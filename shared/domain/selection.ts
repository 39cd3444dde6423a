import { z } from 'zod';
import { RENDER_STATUSES } from './order.ts';
import { productFilterSchema, resolveAnswerSchema, resolveRequestSchema } from './product.ts';
import { PERIODS } from './render.ts';

export const selectionOpSchema = z.enum(['union', 'minus', 'intersect']);

/** Products by how their renders went: of an order, of a period, or of both. */
const renderedSchema = z
  .object({
    /** Id or number. */
    order: z.string().min(1).max(64).optional(),
    status: z.enum(RENDER_STATUSES).optional(),
    period: z.enum(PERIODS).optional(),
  })
  .strict()
  .refine(({ order, period }) => order !== undefined || period !== undefined, {
    message: 'needs an order or a period',
  });

/** Exactly one source: ids, references, a query, renders, or two other selections and what to do with them. */
export const newSelectionSchema = z.union([
  z.object({ product_ids: z.array(z.uuid()).min(1).max(100_000), label: z.string().max(300).optional() }).strict(),
  z.object({ references: resolveRequestSchema.shape.references, label: z.string().max(300).optional() }).strict(),
  z.object({ filter: productFilterSchema.strict(), label: z.string().max(300).optional() }).strict(),
  z.object({ renders: renderedSchema, label: z.string().max(300).optional() }).strict(),
  z
    .object({
      op: selectionOpSchema,
      a: z.string().max(64),
      b: z.string().max(64),
      label: z.string().max(300).optional(),
    })
    .strict(),
]);
export type NewSelection = z.infer<typeof newSelectionSchema>;

export const selectionSchema = z.object({
  /** Short, `sel_…`: what the model carries instead of the products. */
  id: z.string(),
  label: z.string(),
  count: z.number().int(),
  created_at: z.iso.datetime(),
  expires_at: z.iso.datetime(),
  /** Made from references: what they turned out to be. Only the exact ones are in it. */
  references: resolveAnswerSchema.shape.counts.optional(),
  /** The first few products, for a look. */
  sample: z.array(z.object({ id: z.uuid(), pim_id: z.string(), name: z.string() })),
});
/** A frozen, server-held set of products, kept 30 days. */
export type Selection = z.infer<typeof selectionSchema>;
