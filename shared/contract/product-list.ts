import { z } from 'zod';

/** Largest file that can be dropped, bytes. */
export const PRODUCT_LIST_MAX_BYTES = 50 * 1024 * 1024;

/** A dropped list goes up as raw bytes beside its name: over HTTP as an octet stream, over IPC as a Uint8Array. */
export const productListUploadSchema = z.object({ name: z.string().min(1).max(300) }).strict();

/** What a dropped product list turned out to be. */
export interface ProductListAnswer {
  name: string;
  /** "148 products, 3 not found". */
  summary: string;
  /** null where nothing was found. */
  selection_id: string | null;
  /** Distinct products found. */
  product_count: number;
  rows: number;
  /** Header of the column the references were taken from, null for a file without one. */
  column: string | null;
  /** Rows that need a look: likely, ambiguous or not found; at most 200. */
  open_rows: { reference: string; match: 'likely' | 'ambiguous' | 'none'; suggestion: string | null }[];
  counts: { exact: number; likely: number; ambiguous: number; none: number; duplicates: number };
}
