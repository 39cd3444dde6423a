import { sql, type SQL } from 'drizzle-orm';
import type { Dimensions, PartKind, Product } from '../../../shared/domain/index.ts';
import { PATH_SEPARATOR } from './categories.ts';

/** A product's row joined with its category, as `productColumns` selects it. */
export interface ProductRow extends Record<string, unknown> {
  id: string;
  pim_id: string;
  name: string;
  designation: string;
  category_id: string;
  category_path: string;
  kind: PartKind;
  dimensions: Dimensions;
  cad_materials: Record<string, string>;
}

/** Columns of a product `p` with its category `c`. */
export const productColumns: SQL = sql`p.id, p.pim_id, p.name, p.designation, p.category_id, c.path AS category_path, p.kind,
  p.dimensions, p.cad_materials`;

/** The product as the API gives it; `mapped` holds the CAD material names that have a render material. */
export function presentProduct(row: ProductRow, mapped: ReadonlySet<string>): Product {
  const names = new Set(Object.values(row.cad_materials));
  return {
    id: row.id,
    pim_id: row.pim_id,
    name: row.name,
    designation: row.designation,
    category_id: row.category_id,
    category_path: row.category_path.split(PATH_SEPARATOR),
    kind: row.kind,
    dimensions: row.dimensions,
    cad_materials: row.cad_materials,
    unmapped_materials: [...names].filter((name) => !mapped.has(name)).sort(),
  };
}
