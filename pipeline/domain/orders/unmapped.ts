import { sql, type SQL } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';

export interface UnmappedProduct {
  id: string;
  pim_id: string;
  name: string;
  /** CAD material names of the product that no mapping covers, sorted. */
  materials: string[];
}

/** Those of the products (a condition on `p`) that carry a CAD material without a mapping. */
export async function findUnmapped(tx: Tx, products: SQL): Promise<UnmappedProduct[]> {
  const answer = await tx.execute<{ id: string; pim_id: string; name: string; materials: string[] }>(sql`
    SELECT p.id, p.pim_id, p.name, array_agg(DISTINCT used.value ORDER BY used.value) AS materials
    FROM rd.products p CROSS JOIN LATERAL jsonb_each_text(p.cad_materials) used
    LEFT JOIN rd.material_mappings m ON m.cad_material = used.value
    WHERE ${products} AND m.material_id IS NULL
    GROUP BY p.id, p.pim_id, p.name ORDER BY p.pim_id`);
  return answer.rows;
}
