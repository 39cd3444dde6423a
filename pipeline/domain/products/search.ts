import { sql } from 'drizzle-orm';
import type { ProductFilter } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { categoriesNamed } from './categories.ts';
import { edits } from './edits.ts';
import { fold } from './fold.ts';

/** A filter made ready for the search functions of the database (migration 0013). */
interface Search {
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

/** What is looked for: so many after a place, and the total counted up to `most`, or not at all. */
export interface SearchRequest {
  after: SearchPlace | null;
  limit: number;
  most: number | null;
}

/** Products that match, and how many do. */
export interface SearchAnswer {
  found: SearchPlace[];
  total: number;
}

/** More words narrow nothing any more. */
const MOST_WORDS = 8;

/**
 * A page of what meets the filter: the same number first, then numbers that begin so, then the rest by PIM-ID. Every word
 * must be part of one of the product's, or stand across the parts of its number; words that no product has are taken for
 * misspelt and replaced by the nearest there is.
 */
export async function searchProducts(tx: Tx, filter: ProductFilter, request: SearchRequest): Promise<SearchAnswer> {
  const folded = fold(filter.query ?? '');
  const words = [...new Set(folded.split(' ').filter(Boolean))].slice(0, MOST_WORDS);
  const category = filter.category?.trim() ?? '';
  const categories = category === '' ? null : await categoriesNamed(tx, category);
  const asked = { words, categories, key: folded.replaceAll(' ', '') };
  const answer = await find(tx, asked, request, false);
  if (answer !== null) return answer;
  const meant = await correct(tx, asked);
  return (meant === null ? null : await find(tx, meant, request, true)) ?? { found: [], total: 0 };
}

/** null: a word is part of none that the products have, and it was not said that it is meant so. */
async function find(tx: Tx, search: Search, request: SearchRequest, meant: boolean): Promise<SearchAnswer | null> {
  const { after, limit, most } = request;
  const answer = await tx.execute<{
    known: boolean;
    total: number | null;
    ids: string[] | null;
    ranks: number[] | null;
    places: string[] | null;
  }>(sql`
    SELECT * FROM rd.find_products(${sql.param(search.words)}::text[], ${sql.param(search.categories)}::uuid[],
      ${search.key}, ${meant}, ${after?.rank ?? null}::integer, ${after?.place ?? null}::text, ${after?.id ?? null}::uuid,
      ${limit}, ${most}::integer)`);
  const [row] = answer.rows;
  if (row === undefined || !(row.known || meant)) return null;
  const { ids, ranks, places } = row;
  const found = (ids ?? []).map((id, n) => ({ id, rank: ranks?.[n] ?? 0, place: places?.[n] ?? '' }));
  return { found, total: row.total ?? found.length };
}

/** The search with the words that were meant by misspelt ones; null: one is like none, so nothing can match. */
async function correct(tx: Tx, search: Search): Promise<Search | null> {
  const corrections = await nearestWords(tx, search.words);
  if (corrections.size === 0) return search;
  const words: string[] = [];
  for (const word of search.words) {
    const meant = corrections.get(word);
    if (meant === null) return null;
    words.push(meant ?? word);
  }
  return { ...search, words: [...new Set(words)], key: words.join('') };
}

/** The nearest word for each misspelt one: the fewest edits away, then the one that more products have. null: none is near. */
async function nearestWords(tx: Tx, words: readonly string[]): Promise<Map<string, string | null>> {
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
