import { sql } from 'drizzle-orm';
import type { ProductFilter } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { categoriesNamed } from './categories.ts';
import { edits } from './edits.ts';
import { fold, foldKey } from './fold.ts';

/** A filter made ready for the search functions of the database (migration 0011). */
export interface Search {
  /** Folded words; every one must be met. */
  words: string[];
  /** null: any category. */
  categories: string[] | null;
  /** The query as a PIM-ID or designation: products whose number it is come first. */
  key: string;
}

/** Where a page starts: after this product of that rank; `place` is what the rank is sorted by. */
export interface SearchPlace {
  rank: number;
  place: string;
  id: string;
}

/** The search functions take so many words; what follows narrows nothing any more. */
const MOST_WORDS = 8;

/**
 * Makes a filter ready. Every word must stand somewhere in the product's text; words that no product has are taken for
 * misspelt and replaced by the nearest there is. null: a word is like none, so nothing can match.
 */
export async function prepareSearch(tx: Tx, filter: ProductFilter): Promise<Search | null> {
  const words = [
    ...new Set(
      fold(filter.query ?? '')
        .split(' ')
        .filter(Boolean),
    ),
  ].slice(0, MOST_WORDS);
  const category = filter.category?.trim() ?? '';
  const categories = category === '' ? null : await categoriesNamed(tx, category);
  const key = foldKey(filter.query ?? '');
  const corrections = words.length === 0 ? new Map<string, string | null>() : await correct(tx, words);
  if (corrections.size === 0) return { words, categories, key };
  const corrected: string[] = [];
  for (const word of words) {
    const meant = corrections.get(word);
    if (meant === null) return null;
    corrected.push(meant ?? word);
  }
  return { words: corrected, categories, key: corrected.join('') };
}

/** How many products match, counted up to `most`. */
export async function countMatches(tx: Tx, { words, categories, key }: Search, most: number): Promise<number> {
  const answer = await tx.execute<{ n: number }>(
    sql`SELECT rd.count_products(${sql.param(words)}::text[], ${sql.param(categories)}::uuid[], ${key}, ${most}) AS n`,
  );
  return answer.rows[0]?.n ?? 0;
}

/** A page of ids: the same number first, then numbers that begin so, then the rest by PIM-ID. */
export async function searchPage(
  tx: Tx,
  { words, categories, key }: Search,
  page: { after: SearchPlace | null; limit: number },
): Promise<SearchPlace[]> {
  const { after, limit } = page;
  const answer = await tx.execute<{ id: string; rank: number; place: string }>(sql`
    SELECT product_id AS id, rank, place FROM rd.search_products(${sql.param(words)}::text[],
      ${sql.param(categories)}::uuid[], ${key}, ${after?.rank ?? null}::integer, ${after?.place ?? null}::text,
      ${after?.id ?? null}::uuid, ${limit})`);
  return answer.rows;
}

/** The nearest word for each misspelt one: the fewest edits away, then the one that more products have. null: none is near. */
async function correct(tx: Tx, words: readonly string[]): Promise<Map<string, string | null>> {
  const answer = await tx.execute<{ misspelt: string; word: string | null; products: string }>(
    sql`SELECT misspelt, word, products FROM rd.nearest_words(${sql.param(words)}::text[])`,
  );
  const best = new Map<string, { word: string | null; distance: number; products: number }>();
  for (const { misspelt, word, products } of answer.rows) {
    if (word === null) {
      best.set(misspelt, { word, distance: 0, products: 0 });
      continue;
    }
    const near = { word, distance: edits(misspelt, word), products: Number(products) };
    const known = best.get(misspelt);
    const isNearer =
      known === undefined ||
      near.distance < known.distance ||
      (near.distance === known.distance && near.products > known.products);
    if (isNearer) best.set(misspelt, near);
  }
  return new Map([...best].map(([misspelt, { word }]) => [misspelt, word]));
}
