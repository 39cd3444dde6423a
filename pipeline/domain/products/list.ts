import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Page, Product, ProductFilter } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { readMappedNames } from '../materials/index.ts';
import { countRows, cutPage, decodeCursor, type PageRequest } from '../paging.ts';
import { isUuid } from '../sql.ts';
import { presentProduct, productColumns, type ProductRow } from './present.ts';
import { searchProducts } from './search.ts';

const cursorKey = z.tuple([z.number().int(), z.string(), z.uuid()]);

/** Products that meet the filter, the nearest first, then by PIM-ID. */
export async function listProducts(tx: Tx, filter: ProductFilter, page: PageRequest): Promise<Result<Page<Product>>> {
  const cursor = decodeCursor(page.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  const { where, rank } = await searchProducts(tx, filter);
  const after =
    cursor.value === null
      ? sql`true`
      : sql`(found.rank, found.pim_id, found.id) > (${cursor.value[0]}::integer, ${cursor.value[1]}::text, ${cursor.value[2]}::uuid)`;
  const rows = await tx.execute<ProductRow & { rank: number }>(sql`
    SELECT * FROM (
      SELECT ${productColumns}, (${rank})::integer AS rank
      FROM rd.products p JOIN rd.categories c ON c.id = p.category_id WHERE ${where}
    ) found WHERE ${after} ORDER BY found.rank, found.pim_id, found.id LIMIT ${page.limit + 1}`);
  const total = await countRows(tx, sql`FROM rd.products p WHERE ${where}`);
  const mapped = await readMappedNames(tx);
  const cut = cutPage(rows.rows, page.limit, {
    present: (row) => presentProduct(row, mapped),
    keyOf: (row) => [row.rank, row.pim_id, row.id],
  });
  return ok({ ...cut, ...total });
}

/** The product of that id or PIM-ID. */
export async function getProduct(tx: Tx, ref: string): Promise<Result<Product>> {
  const match = isUuid(ref) ? sql`p.id = ${ref}` : sql`p.pim_id = ${ref}`;
  const answer = await tx.execute<ProductRow>(
    sql`SELECT ${productColumns} FROM rd.products p JOIN rd.categories c ON c.id = p.category_id WHERE ${match}`,
  );
  const [row] = answer.rows;
  if (row === undefined) return fail('not_found', 'There is no product of that id.');
  return ok(presentProduct(row, await readMappedNames(tx)));
}

/** Ids of all products that meet the filter, by PIM-ID. */
export async function productIdsOf(tx: Tx, filter: ProductFilter): Promise<string[]> {
  const { where } = await searchProducts(tx, filter);
  const answer = await tx.execute<{ id: string }>(sql`SELECT p.id FROM rd.products p WHERE ${where} ORDER BY p.pim_id`);
  return answer.rows.map((row) => row.id);
}
