import { z } from 'zod';
import { renderOverridesSchema, renderSettingsSchema } from './output-type.ts';

export const ORDER_STATUSES = [
  'draft',
  'queued',
  'running',
  'done',
  'done_with_failures',
  'failed',
  'cancelling',
  'cancelled',
] as const;
export const orderStatusSchema = z.enum(ORDER_STATUSES);
export type OrderStatus = z.infer<typeof orderStatusSchema>;

export const RENDER_STATUSES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export const renderStatusSchema = z.enum(RENDER_STATUSES);
/** Status of a render and of an order line (a line of a draft is `queued` without a render). */
export type RenderStatus = z.infer<typeof renderStatusSchema>;

/** A final order state: nothing is queued or running any more. */
export function isFinalOrderStatus(status: OrderStatus): boolean {
  return status === 'done' || status === 'done_with_failures' || status === 'failed' || status === 'cancelled';
}

/** What a person may do with an order, and in which states: what the pipeline refuses by is what the window offers by. */
export const ORDER_ACTION_STATES = {
  dispatch: ['draft'],
  cancel: ['draft', 'queued', 'running'],
  retry_failed: ['running', 'done_with_failures', 'failed'],
  override: ['draft', 'queued', 'running', 'done', 'done_with_failures', 'failed'],
} as const satisfies Record<string, readonly OrderStatus[]>;
export type OrderActionKind = keyof typeof ORDER_ACTION_STATES;

export function isOrderActionAllowed(action: OrderActionKind, status: OrderStatus): boolean {
  return (ORDER_ACTION_STATES[action] as readonly OrderStatus[]).includes(status);
}

export const lineCountsSchema = z.object({
  total: z.number().int(),
  queued: z.number().int(),
  running: z.number().int(),
  done: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
});
export type LineCounts = z.infer<typeof lineCountsSchema>;

export const orderSchema = z.object({
  id: z.uuid(),
  /** `SA-2026-00160`, counted per tenant and year. */
  number: z.string(),
  status: orderStatusSchema,
  output_type_name: z.string(),
  /** The output type's settings with the overrides applied. */
  settings: renderSettingsSchema,
  render_overrides: renderOverridesSchema,
  material_override: z.string().nullable(),
  lines: lineCountsSchema,
  created_by: z.object({ id: z.uuid(), name: z.string() }),
  created_at: z.iso.datetime(),
  dispatched_at: z.iso.datetime().nullable(),
  finished_at: z.iso.datetime().nullable(),
});
export type Order = z.infer<typeof orderSchema>;

export const orderLineSchema = z.object({
  id: z.uuid(),
  order_id: z.uuid(),
  position: z.number().int(),
  product: z.object({ id: z.uuid(), pim_id: z.string(), name: z.string(), designation: z.string() }),
  status: renderStatusSchema,
  /** The newest attempt, null before the first. */
  render_id: z.uuid().nullable(),
  /** 0 to 1. */
  progress: z.number().min(0).max(1),
  attempts: z.number().int(),
  error: z.string().nullable(),
  duration_ms: z.number().int().nullable(),
  has_image: z.boolean(),
});
export type OrderLine = z.infer<typeof orderLineSchema>;

export const newOrderSchema = z
  .object({
    product_ids: z.array(z.uuid()).min(1).max(100_000).optional(),
    selection_id: z.string().min(1).max(64).optional(),
    output_type_name: z.string().min(1).max(200),
    render_overrides: renderOverridesSchema.optional(),
    material_override: z.string().min(1).max(200).nullable().optional(),
    /** Queue its renders at once instead of leaving a draft. */
    dispatch: z.boolean().default(true),
  })
  .strict()
  .refine((order) => (order.product_ids === undefined) !== (order.selection_id === undefined), {
    message: 'give either product_ids or selection_id',
    path: ['product_ids'],
  });
export type NewOrder = z.input<typeof newOrderSchema>;

export const orderFilterSchema = z.object({
  status: orderStatusSchema.optional(),
  text: z.string().max(200).optional(),
  mine: z.stringbool().optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
});

export const materialOverrideChangeSchema = z.object({ material_name: z.string().min(1).max(200).nullable() }).strict();
export const renderOverridesChangeSchema = z.object({ overrides: renderOverridesSchema }).strict();

export const orderHistoryEntrySchema = z.object({
  at: z.iso.datetime(),
  actor: z.string(),
  /** `click`, `assistant` or `pipeline`. */
  origin: z.string(),
  event: z.string(),
  text: z.string(),
});
export type OrderHistoryEntry = z.infer<typeof orderHistoryEntrySchema>;

/** An order after its override changed, with what stood there before so that it can be undone. */
export const overrideAnswerSchema = z.object({ order: orderSchema, previous: z.unknown() });
