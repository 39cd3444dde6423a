import { z } from 'zod';
import { lineCountsSchema, orderStatusSchema, renderStatusSchema } from './order.ts';

const numbered = { seq: z.number().int(), at: z.iso.datetime() };

/** A state change on `WS /events`, numbered per tenant without gaps. */
export const stateEventSchema = z.discriminatedUnion('type', [
  z.object({
    ...numbered,
    type: z.literal('order.changed'),
    order_id: z.uuid(),
    number: z.string(),
    status: orderStatusSchema,
    lines: lineCountsSchema,
  }),
  z.object({
    ...numbered,
    type: z.literal('line.changed'),
    order_id: z.uuid(),
    line_id: z.uuid(),
    render_id: z.uuid().nullable(),
    status: renderStatusSchema,
    error: z.string().nullable(),
  }),
  z.object({ ...numbered, type: z.literal('config.changed') }),
  z.object({ ...numbered, type: z.literal('mappings.changed') }),
  /** Materials or output types. */
  z.object({ ...numbered, type: z.literal('library.changed') }),
  z.object({ ...numbered, type: z.literal('products.changed') }),
  z.object({ ...numbered, type: z.literal('chat.changed'), user_id: z.uuid(), session_id: z.uuid() }),
]);
export type StateEvent = z.infer<typeof stateEventSchema>;

/** Everything that comes over `WS /events`: `hello` first, then state changes; progress is unnumbered and lossy. */
export const pipelineEventSchema = z.union([
  z.object({ type: z.literal('hello'), seq: z.number().int() }),
  /** The number asked for is older than what is kept: load everything anew and go on from `seq`. */
  z.object({ type: z.literal('reload'), seq: z.number().int() }),
  z.object({
    type: z.literal('render.progress'),
    order_id: z.uuid(),
    line_id: z.uuid(),
    render_id: z.uuid(),
    progress: z.number(),
  }),
  stateEventSchema,
]);
export type PipelineEvent = z.infer<typeof pipelineEventSchema>;
