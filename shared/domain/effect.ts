import { z } from 'zod';

export const effectSchema = z.object({
  /** One sentence: "Order for 148 products, 148 WebP renders at 1024 x 1024, 3 with unmapped materials". */
  summary: z.string(),
  /** What is counted: orders, products, renders, unmapped, … */
  counts: z.record(z.string(), z.number()),
  /** At most 20 of the things touched. */
  sample: z.array(z.object({ id: z.string(), label: z.string(), note: z.string().optional() })).max(20),
});
/** What a change would do, worked out by the pipeline without doing it. */
export type Effect = z.infer<typeof effectSchema>;

export const dryRunSchema = z.object({ effect: effectSchema, snapshot: z.string() });
/** Answer of `?dry_run=true`; the snapshot goes back as `?snapshot=` so that what runs is what was shown. */
export type DryRun = z.infer<typeof dryRunSchema>;
