import { z } from 'zod';

export const queryRequestSchema = z.object({ sql: z.string().min(1).max(10_000) }).strict();

export const queryAnswerSchema = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.unknown())),
  row_count: z.number().int(),
  truncated: z.boolean(),
  duration_ms: z.number(),
});
/** Rows of a read-only query over the tenant's documented views. */
export type QueryAnswer = z.infer<typeof queryAnswerSchema>;
