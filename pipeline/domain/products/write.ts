import { sql } from 'drizzle-orm';
import type { CatalogueProduct, Dimensions, PartKind } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { anyText } from '../sql.ts';
import { searchColumns } from './fold.ts';

/** Rows of one statement; each column goes as one array, so the number is about memory only. */
const PART = 2000;

/** A product as it is stored, to compare it with one that comes in. */
export interface StoredProduct extends Record<string, unknown> {
  pim_id: string;
  name: string;
  designation: string;
  category_id: string;
  kind: PartKind;
  dimensions: Dimensions;
  cad_materials: Record<string, string>;
}

/** The products of these PIM-IDs that are there, by PIM-ID. */
export async function findStored(
  tx: Tx,
  tenantId: string,
  pimIds: readonly string[],
): Promise<Map<string, StoredProduct>> {
  const answer = await tx.execute<StoredProduct>(sql`
    SELECT pim_id, name, designation, category_id, kind, dimensions, cad_materials FROM rd.products
    WHERE tenant_id = ${tenantId} AND pim_id = ${anyText(pimIds)}`);
  return new Map(answer.rows.map((row) => [row.pim_id, row]));
}

/**
 * Writes products by PIM-ID, new or in the place of what is there, with the columns that search looks at; a row that
 * stays the same is not written. The one way that products get into the database. PIM-IDs must not repeat.
 */
export async function upsertProducts(
  tx: Tx,
  tenantId: string,
  products: readonly CatalogueProduct[],
  categoryId: (path: readonly string[]) => string,
): Promise<void> {
  for (let start = 0; start < products.length; start += PART) {
    await upsertPart(tx, tenantId, products.slice(start, start + PART), categoryId);
  }
}

async function upsertPart(
  tx: Tx,
  tenantId: string,
  products: readonly CatalogueProduct[],
  categoryId: (path: readonly string[]) => string,
): Promise<void> {
  const column = (of: (product: CatalogueProduct) => string) => sql.param(products.map(of));
  const search = products.map(searchColumns);
  const searched = (name: keyof ReturnType<typeof searchColumns>) => sql.param(search.map((row) => row[name]));
  await tx.execute(sql`
    INSERT INTO rd.products AS p (tenant_id, pim_id, name, designation, category_id, kind, dimensions, cad_materials,
      search_text, pim_key, designation_key)
    SELECT ${tenantId}::uuid, r.pim_id, r.name, r.designation, r.category_id, r.kind, r.dimensions::jsonb,
      r.cad_materials::jsonb, r.search_text, r.pim_key, r.designation_key
    FROM unnest(${column(({ pim_id }) => pim_id)}::text[], ${column(({ name }) => name)}::text[],
      ${column(({ designation }) => designation)}::text[], ${column(({ category }) => categoryId(category))}::uuid[],
      ${column(({ kind }) => kind)}::text[], ${column(({ dimensions }) => JSON.stringify(dimensions))}::text[],
      ${column((product) => JSON.stringify(product.cad_materials))}::text[], ${searched('searchText')}::text[],
      ${searched('pimKey')}::text[], ${searched('designationKey')}::text[])
      AS r (pim_id, name, designation, category_id, kind, dimensions, cad_materials, search_text, pim_key, designation_key)
    ON CONFLICT (tenant_id, pim_id) DO UPDATE SET name = excluded.name, designation = excluded.designation,
      category_id = excluded.category_id, kind = excluded.kind, dimensions = excluded.dimensions,
      cad_materials = excluded.cad_materials, search_text = excluded.search_text, pim_key = excluded.pim_key,
      designation_key = excluded.designation_key, updated_at = now()
    WHERE (p.name, p.designation, p.category_id, p.kind, p.dimensions, p.cad_materials, p.search_text, p.pim_key,
        p.designation_key)
      IS DISTINCT FROM (excluded.name, excluded.designation, excluded.category_id, excluded.kind, excluded.dimensions,
        excluded.cad_materials, excluded.search_text, excluded.pim_key, excluded.designation_key)`);
}
