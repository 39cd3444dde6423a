import { sql } from 'drizzle-orm';
import type { Category } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { fold } from './fold.ts';

/** Joins the names of a category path. */
export const PATH_SEPARATOR = ' > ';

interface CategoryRow extends Record<string, unknown> {
  id: string;
  parent_id: string | null;
  name: string;
  path: string;
  own: number;
}

/** The category tree by path, each with the number of products in it and below it. */
export async function listCategories(tx: Tx): Promise<Category[]> {
  const answer = await tx.execute<CategoryRow>(sql`
    SELECT c.id, c.parent_id, c.name, c.path, coalesce(n.own, 0) AS own FROM rd.categories c
    LEFT JOIN (SELECT category_id, count(*)::integer AS own FROM rd.products GROUP BY 1) n ON n.category_id = c.id
    ORDER BY c.path`);
  return answer.rows.map(({ own: _own, ...category }) => ({
    ...category,
    path: category.path.split(PATH_SEPARATOR),
    product_count: answer.rows
      .filter((row) => isWithin(row.path, category.path))
      .reduce((sum, row) => sum + row.own, 0),
  }));
}

function isWithin(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(ancestor + PATH_SEPARATOR);
}

/**
 * Ids of the categories of that name, path or id, with all below them. A name may stand for several; one that names
 * none gives an empty list, which matches nothing.
 */
export async function categoriesNamed(tx: Tx, category: string): Promise<string[]> {
  const answer = await tx.execute<{ id: string; name: string; path: string }>(
    sql`SELECT id, name, path FROM rd.categories`,
  );
  const wanted = fold(category);
  const isNamed = (row: { id: string; name: string; path: string }): boolean =>
    row.id === category.toLowerCase() || fold(row.name) === wanted || fold(row.path) === wanted;
  const named = answer.rows.filter(isNamed);
  return answer.rows.filter((row) => named.some(({ path }) => isWithin(row.path, path))).map(({ id }) => id);
}
