import { z } from 'zod';
import { pageOf } from './page.ts';

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

/** How many things a change makes, touches or ends: its renders, its products, or those it calls off, whichever are more. */
export function changedItems({ counts }: Effect): number {
  const calledOff = (counts['queued'] ?? 0) + (counts['running'] ?? 0);
  return Math.max(counts['renders'] ?? 0, counts['products'] ?? 0, calledOff);
}

export const effectRowSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** How it stands, or why it cannot come out well. */
  note: z.string().optional(),
  problem: z.boolean(),
});
/** One of the things behind the numbers of an effect; `problem`: it will fail, and its note says why. */
export type EffectRow = z.infer<typeof effectRowSchema>;

export const rowsOnlySchema = z.enum(['all', 'problems']);

export const dryRunSchema = z.object({
  effect: effectSchema,
  snapshot: z.string(),
  /** A page of the rows, where they were asked for with `?rows=` and the change has any. */
  rows: pageOf(effectRowSchema).optional(),
});
/** Answer of `?dry_run=true`; the snapshot goes back as `?snapshot=` so that what runs is what was shown. */
export type DryRun = z.infer<typeof dryRunSchema>;
