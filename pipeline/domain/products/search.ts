import { sql } from 'drizzle-orm';
import type { ProductFilter } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { likeLiteral } from '../sql.ts';
import { categoriesNamed } from './categories.ts';
import { fold, foldKey } from './fold.ts';

/** A filter made ready for the search functions of the database (migration 0004). */
export interface Search {
  /** One LIKE pattern for each word; every one must be met. */
  patterns: string[];
  /** null: any category. */
  categories: string[] | null;
  /** The query as a PIM-ID or designation: products whose number it is come first. */
  key: string;
}

/** Where a page starts: after this product of that rank. */
export interface SearchPlace {
  rank: number;
  pimId: string;
  id: string;
}

/** The search functions take so many words; what follows narrows nothing any more. */
const MOST_WORDS = 8;
/** Shorter words are not corrected: too much is like them. */
const LEAST_CORRECTED = 4;

/**
 * Makes a filter ready. Every word must stand somewhere in the product's text; where nothing matches, words that no
 * product has are taken for misspelt and replaced by the nearest there is.
 */
export async function prepareSearch(tx: Tx, filter: ProductFilter): Promise<Search> {
  const words = fold(filter.query ?? '')
    .split(' ')
    .filter(Boolean)
    .slice(0, MOST_WORDS);
  const category = filter.category?.trim() ?? '';
  const categories = category === '' ? null : await categoriesNamed(tx, category);
  const search = { patterns: words.map(patternOf), categories, key: foldKey(filter.query ?? '') };
  if (words.length === 0 || (await countMatches(tx, search, 1)) > 0) return search;
  const corrected: string[] = [];
  for (const word of words) corrected.push(await correct(tx, word));
  return { ...search, patterns: corrected.map(patternOf), key: corrected.join('') };
}

/** How many products match, counted up to `most`. */
export async function countMatches(tx: Tx, search: Search, most: number): Promise<number> {
  const { patterns, categories } = search;
  const answer = await tx.execute<{ n: number }>(
    sql`SELECT rd.count_products(${sql.param(patterns)}::text[], ${sql.param(categories)}::uuid[], ${most}) AS n`,
  );
  return answer.rows[0]?.n ?? 0;
}

/** A page of ids, the nearest first, then by PIM-ID. */
export async function searchPage(
  tx: Tx,
  { patterns, categories, key }: Search,
  page: { after: SearchPlace | null; limit: number },
): Promise<SearchPlace[]> {
  const { after, limit } = page;
  const answer = await tx.execute<{ id: string; rank: number; pimId: string }>(sql`
    SELECT product_id AS id, rank, pim_id AS "pimId" FROM rd.search_products(${sql.param(patterns)}::text[],
      ${sql.param(categories)}::uuid[], ${key}, ${after?.rank ?? null}::integer, ${after?.pimId ?? null}::text,
      ${after?.id ?? null}::uuid, ${limit})`);
  return answer.rows;
}

async function correct(tx: Tx, word: string): Promise<string> {
  if (word.length < LEAST_CORRECTED) return word;
  const known = await countMatches(tx, { patterns: [patternOf(word)], categories: null, key: '' }, 1);
  if (known > 0) return word;
  const answer = await tx.execute<{ word: string }>(sql`SELECT word FROM rd.nearest_words(${word})`);
  return answer.rows[0]?.word ?? word;
}

function patternOf(word: string): string {
  return `%${likeLiteral(word)}%`;
}
