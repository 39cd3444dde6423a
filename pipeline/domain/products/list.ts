import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Page, Product, ProductFilter } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { readMappedNames } from '../materials/index.ts';
import { cutPage, decodeCursor, EXACT_TOTAL, type PageRequest } from '../paging.ts';
import { anyId, isUuid } from '../sql.ts';
import { presentProduct, productColumns, type ProductRow } from './present.ts';
import { searchProducts, type SearchPlace } from './search.ts';

const cursorKey = z.tuple([z.number().int().min(0).max(3), z.string(), z.uuid()]);
/** More products than any tenant has. */
const ALL = 2_000_000_000;

/** Products that meet the filter, the nearest first, then by PIM-ID. */
export async function listProducts(tx: Tx, filter: ProductFilter, page: PageRequest): Promise<Result<Page<Product>>> {
  const cursor = decodeCursor(page.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  const { found, total } = await searchProducts(tx, filter, {
    after: placeOf(cursor.value),
    limit: page.limit + 1,
    most: EXACT_TOTAL + 1,
  });
  const products = await presentAll(
    tx,
    found.slice(0, page.limit).map(({ id }) => id),
  );
  const cut = cutPage(found, page.limit, {
    present: ({ id }) => need(products, id),
    keyOf: ({ rank, place, id }) => [rank, place, id],
  });
  return ok({ ...cut, total: Math.min(total, EXACT_TOTAL), total_exact: total <= EXACT_TOTAL });
}

function placeOf(key: z.output<typeof cursorKey> | null): SearchPlace | null {
  return key === null ? null : { rank: key[0], place: key[1], id: key[2] };
}

async function presentAll(tx: Tx, ids: readonly string[]): Promise<Map<string, Product>> {
  const answer = await tx.execute<ProductRow>(sql`
    SELECT ${productColumns} FROM rd.products p JOIN rd.categories c ON c.id = p.category_id WHERE p.id = ${anyId(ids)}`);
  const mapped = await readMappedNames(tx);
  return new Map(answer.rows.map((row) => [row.id, presentProduct(row, mapped)]));
}

/** What was found is there: search and products are written in one transaction. */
function need(products: ReadonlyMap<string, Product>, id: string): Product {
  const product = products.get(id);
  if (product === undefined) throw new Error(`The search knows a product ${id} that is not there.`);
  return product;
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

/** Ids of all products that meet the filter, in the order of the list. */
export async function productIdsOf(tx: Tx, filter: ProductFilter): Promise<string[]> {
  const { found } = await searchProducts(tx, filter, { after: null, limit: ALL, most: null });
  return found.map(({ id }) => id);
}
