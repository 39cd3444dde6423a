import type { ProductImport } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { findStored, pathKey, type CategoryTree, type StoredProduct } from '../products/index.ts';
import type { ImportRow } from './read-rows.ts';
import type { Tally } from './tally.ts';

type Row = Extract<ImportRow, { product: unknown }>;

/** Compares a part of the rows with what is stored, and counts what each would do. */
export async function compareRows(
  tx: Tx,
  rows: readonly Row[],
  { tenantId, tree, tally }: { tenantId: string; tree: CategoryTree; tally: Tally },
): Promise<void> {
  const stored = await findStored(
    tx,
    tenantId,
    rows.map(({ product }) => product.pim_id),
  );
  for (const { product } of rows) {
    const before = stored.get(product.pim_id) ?? null;
    const key = pathKey(product.category);
    const after = withoutCategory(product, tree.get(key)?.id ?? key);
    const was = before === null ? null : withoutCategory(before, before.category_id);
    tally.add(product, was === null ? 'new' : was === after ? 'unchanged' : 'changed', was);
  }
}

/** A product as a text that is the same for the same product, whatever the order of its keys. */
function withoutCategory(product: ProductImport | StoredProduct, category: string): string {
  const { name, designation, kind, dimensions, cad_materials } = product;
  return JSON.stringify([name, designation, category, kind, sorted(dimensions), sorted(cad_materials)]);
}

function sorted(value: object): [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}
