import { z } from 'zod';

/** SQL of a query may have this many bytes of UTF-8. */
export const MAX_SQL_BYTES = 10_000;

export const queryRequestSchema = z.object({ sql: z.string().min(1).max(MAX_SQL_BYTES) }).strict();

export const queryAnswerSchema = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.unknown())),
  row_count: z.number().int(),
  truncated: z.boolean(),
  duration_ms: z.number(),
});
/** Rows of a read-only query over the tenant's documented views. */
export type QueryAnswer = z.infer<typeof queryAnswerSchema>;

const described = { name: z.string(), description: z.string() };

export const querySchemaSchema = z.object({
  /** Zone in which `date_trunc`, `::date` and texts of times are worked out. */
  time_zone: z.string(),
  limits: z.object({
    seconds: z.number(),
    rows: z.number().int(),
    answer_bytes: z.number().int(),
    sql_bytes: z.number().int(),
    at_once: z.number().int(),
  }),
  views: z.array(z.object({ ...described, columns: z.array(z.object({ ...described, type: z.string() })) })),
});
/** What a read-only query may name, and its limits. */
export type QuerySchema = z.infer<typeof querySchemaSchema>;
