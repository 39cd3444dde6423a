import { sql } from 'drizzle-orm';
import type { CatalogueProduct } from '../../../shared/domain/catalogue.ts';
import type { Tx } from '../../db/index.ts';
import { json } from '../../domain/sql.ts';
import { basesOf, MOST_VARIANTS, variants } from './bases.ts';

/** Every so many variants, one is made to a customer's drawing and has its number. */
const DRAWING_EVERY = 4;

/**
 * Writes `count` products made of the catalogue's, and leaves their ids in the temporary table `seeded_products` (n from
 * 0 in order of PIM-ID). A product's folded columns are joined from folded parts, in the order of `searchColumns`.
 */
export async function insertProducts(
  tx: Tx,
  tenantId: string,
  { catalogue, count }: { catalogue: readonly CatalogueProduct[]; count: number },
): Promise<void> {
  const bases = basesOf(catalogue);
  const needed = Math.ceil(count / bases.length);
  if (needed > MOST_VARIANTS) throw new Error(`There are only ${MOST_VARIANTS * bases.length} different products.`);
  await tx.execute(sql`DROP TABLE IF EXISTS seed_bases, seed_variants, seeded_products`);
  await tx.execute(sql`CREATE TEMPORARY TABLE seed_bases ON COMMIT DROP AS
    SELECT base.*, c.id AS category_id FROM jsonb_to_recordset(${json(bases)}) AS base (n integer, prefix text,
      designation text, head text, tail text, category text, kind text, dimensions jsonb, cad_materials jsonb,
      f_prefix text, f_designation text, f_head text, f_tail text, f_category text)
    JOIN rd.categories c ON c.path = base.category AND c.tenant_id = ${tenantId}`);
  await tx.execute(sql`CREATE TEMPORARY TABLE seed_variants ON COMMIT DROP AS
    SELECT * FROM jsonb_to_recordset(${json(variants(needed))}) AS variant (v integer, code text, words text,
      f_code text, f_words text)`);
  await tx.execute(sql`
    INSERT INTO rd.products (tenant_id, pim_id, name, designation, category_id, kind, dimensions, cad_materials,
      search_text, pim_key, designation_key, created_at)
    SELECT ${tenantId}::uuid, pim_id, name, designation, category_id, kind, dimensions, cad_materials,
      concat_ws(' ', f_prefix, f_designation, f_name, f_designation, f_category, pim_key, designation_key),
      pim_key, designation_key, now() - (i % 365) * interval '1 day'
    FROM (${madeProducts(count, bases.length)}) made,
      LATERAL (SELECT f_prefix || replace(f_designation, ' ', '') AS pim_key,
                      replace(f_designation, ' ', '') AS designation_key) keys
    ORDER BY pim_id`);
  await tx.execute(sql`CREATE TEMPORARY TABLE seeded_products ON COMMIT DROP AS
    SELECT (row_number() OVER (ORDER BY pim_id) - 1)::integer AS n, id FROM rd.products WHERE tenant_id = ${tenantId}`);
  await tx.execute(sql`CREATE UNIQUE INDEX ON seeded_products (n)`);
  await tx.execute(sql`ANALYZE seeded_products`);
}

/** Product i is variant i / bases of base i % bases; each DRAWING_EVERY-th has a drawing number in place of its codes. */
function madeProducts(count: number, bases: number) {
  const isDrawing = sql`(v.v % ${DRAWING_EVERY} = ${DRAWING_EVERY - 1})`;
  // Multiplied with a number prime to the modulus, so that each comes once and neighbours differ.
  const drawing = sql`lpad(((i::bigint * 7368787) % 10000019)::text, 8, '0')`;
  return sql`
    SELECT i, b.category_id, b.kind, b.dimensions, b.cad_materials, b.f_prefix, b.f_category,
      b.prefix || '-' || replace(d.designation, '/', '-') AS pim_id, d.designation, d.f_designation,
      b.head || d.designation || b.tail || d.words AS name,
      concat_ws(' ', nullif(b.f_head, ''), d.f_designation, nullif(b.f_tail, ''), nullif(d.f_words, '')) AS f_name
    FROM generate_series(0, ${count - 1}::integer) AS i
    JOIN seed_bases b ON b.n = i % ${bases}
    JOIN seed_variants v ON v.v = i / ${bases},
    LATERAL (SELECT
      CASE WHEN ${isDrawing} THEN 'F-' || ${drawing} ELSE b.designation || v.code END AS designation,
      CASE WHEN ${isDrawing} THEN 'f ' || ${drawing} ELSE concat_ws(' ', b.f_designation, nullif(v.f_code, '')) END AS f_designation,
      CASE WHEN ${isDrawing} THEN ', Sonderausführung von ' || b.designation || v.words ELSE v.words END AS words,
      CASE WHEN ${isDrawing} THEN concat_ws(' ', 'sonderausfuehrung von', b.f_designation, nullif(v.f_words, '')) ELSE v.f_words END
        AS f_words) d`;
}
