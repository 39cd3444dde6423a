import { z } from 'zod';
import { pageOf, pageQuerySchema } from '../../../shared/domain/index.ts';

/** Largest body in bytes of a list of 100,000 references or product ids. */
export const LIST_LIMIT = 16_000_000;

/** `:ref` of an order: its id or its number. */
export const refParams = z.object({ ref: z.string().min(1).max(64) });
/** `:id` that is a uuid; anything else names nothing. */
export const idParams = z.object({ id: z.uuid() });
/** `:id` that is not always a uuid. */
export const looseIdParams = z.object({ id: z.string().min(1).max(200) });

/** Query parameters of a list that mostly fits on one page. */
export const longPageQuery = pageQuerySchema.extend({ limit: z.coerce.number().int().min(1).max(1000).default(1000) });

/** A list that is given whole; it takes `limit` and `cursor` as every list does. */
export function wholeList<T extends z.ZodType>(item: T) {
  return { schemas: { query: longPageQuery }, answer: pageOf(item) };
}
