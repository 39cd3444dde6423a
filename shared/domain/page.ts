import { z } from 'zod';

/** The answer of a list route: `total` is exact up to 10,000 (`total_exact` says whether it is). */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable(),
    total: z.number().int().nonnegative(),
    total_exact: z.boolean(),
  });
}

export interface Page<T> {
  items: T[];
  next_cursor: string | null;
  total: number;
  total_exact: boolean;
}

/** Query parameters that every list route takes. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(4000).optional(),
});
