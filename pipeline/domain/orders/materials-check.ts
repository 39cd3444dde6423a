import { sql } from 'drizzle-orm';
import type { MaterialsCheck } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { findOrder } from './find.ts';
import { unmappedOfLines } from './order-products.ts';

/** Which CAD material names of an order no mapping covers, and how many of its products carry each. */
export async function checkMaterials(tx: Tx, ref: string): Promise<Result<MaterialsCheck>> {
  const found = await findOrder(tx, ref);
  if (!found.ok) return found;
  const { order } = found.value;
  const products = await unmappedOfLines(tx, sql`l.order_id = ${order.id}`);
  const counts = new Map<string, number>();
  for (const name of products.flatMap((product) => product.materials)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return ok({
    order_number: order.number,
    products: order.linesTotal,
    products_with_unmapped: products.length,
    material_override: order.materialOverride,
    unmapped: [...counts]
      .map(([cad_material, product_count]) => ({ cad_material, product_count }))
      .sort((a, b) => b.product_count - a.product_count || a.cad_material.localeCompare(b.cad_material)),
  });
}
