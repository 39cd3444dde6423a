import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import { PATH_SEPARATOR } from './categories.ts';
import { fold } from './fold.ts';

/** A tenant's categories by `pathKey`. */
export type CategoryTree = Map<string, { id: string; path: string }>;

/** What two spellings of one category path have in common: `kugellager > Schraegkugellager` is no new category. */
export function pathKey(path: readonly string[]): string {
  return path.map(fold).join('>');
}

/** The categories there are. */
export async function readCategoryTree(tx: Tx, tenantId: string): Promise<CategoryTree> {
  const answer = await tx.execute<{ id: string; path: string }>(
    sql`SELECT id, path FROM rd.categories WHERE tenant_id = ${tenantId}`,
  );
  return new Map(answer.rows.map((row) => [pathKey(row.path.split(PATH_SEPARATOR)), row]));
}

/** Makes the categories that are missing on these paths, parents first, and puts them into the tree. */
export async function ensureCategories(
  tx: Tx,
  tenantId: string,
  tree: CategoryTree,
  paths: readonly (readonly string[])[],
): Promise<void> {
  for (const path of paths) {
    let parent: { id: string; path: string } | null = null;
    for (const [depth, name] of path.entries()) {
      const key = pathKey(path.slice(0, depth + 1));
      const known: { id: string; path: string } = tree.get(key) ?? (await makeCategory(tx, tenantId, parent, name));
      tree.set(key, known);
      parent = known;
    }
  }
}

async function makeCategory(
  tx: Tx,
  tenantId: string,
  parent: { id: string; path: string } | null,
  name: string,
): Promise<{ id: string; path: string }> {
  const path = parent === null ? name : `${parent.path}${PATH_SEPARATOR}${name}`;
  const answer = await tx.execute<{ id: string; path: string }>(sql`
    INSERT INTO rd.categories (tenant_id, parent_id, name, path)
    VALUES (${tenantId}, ${parent?.id ?? null}::uuid, ${name}, ${path}) RETURNING id, path`);
  const [row] = answer.rows;
  if (row === undefined) throw new Error(`The category ${path} was not made.`);
  return row;
}
