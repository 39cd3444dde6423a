import { sql, type SQL } from 'drizzle-orm';
import type { ProductFilter } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { likeLiteral } from '../sql.ts';
import { inCategory } from './categories.ts';
import { fold, foldKey } from './fold.ts';

/** What a filter means: a condition on products `p`, and how near each is (0 first). */
export interface Search {
  where: SQL;
  rank: SQL;
}

/** Every word of the query stands somewhere in the product's searchable text, in any order. */
export async function searchProducts(tx: Tx, filter: ProductFilter): Promise<Search> {
  const words = fold(filter.query ?? '')
    .split(' ')
    .filter(Boolean);
  const parts = words.map((word) => sql`p.search_text LIKE ${`%${likeLiteral(word)}%`}`);
  if (filter.category !== undefined && filter.category.trim() !== '') parts.push(await inCategory(tx, filter.category));
  return { where: parts.length === 0 ? sql`true` : sql.join(parts, sql` AND `), rank: rankBy(filter.query ?? '') };
}

/** The product that is meant by its number comes first, then those whose number begins so, then the rest. */
function rankBy(query: string): SQL {
  const key = foldKey(query);
  if (key === '') return sql`0`;
  const prefix = `${likeLiteral(key)}%`;
  return sql`CASE WHEN p.pim_key = ${key} OR p.designation_key = ${key} THEN 0
    WHEN p.pim_key LIKE ${prefix} OR p.designation_key LIKE ${prefix} THEN 1 ELSE 2 END`;
}
