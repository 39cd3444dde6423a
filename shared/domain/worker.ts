import { z } from 'zod';

/** A render worker as operators see it: a process that takes renders of every tenant. */
export const workerSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  /** What it draws with: `built-in`, `blender`, … */
  renderer: z.string(),
  /** Renders at once, and how many it had when it was last heard of. */
  concurrency: z.number().int(),
  rendering: z.number().int(),
  started_at: z.iso.datetime(),
  seen_at: z.iso.datetime(),
  /** Heard of within the last half minute. */
  alive: z.boolean(),
});
export type RenderWorker = z.infer<typeof workerSchema>;

export const workerListSchema = z.object({ items: z.array(workerSchema) });
