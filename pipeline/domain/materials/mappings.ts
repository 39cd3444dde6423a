import { eq, sql } from 'drizzle-orm';
import type { MaterialMapping } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import type { ChangeContext } from '../context.ts';
import { tell } from '../events/outbox.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { namedMaterial } from './named-material.ts';

const { materialMappings, materials } = schema;

/** Which CAD material name becomes which render material; without the unmapped ones. */
export async function readMappedNames(tx: Tx): Promise<Set<string>> {
  const rows = await tx
    .select({ cad: materialMappings.cadMaterial })
    .from(materialMappings)
    .innerJoin(materials, eq(materials.id, materialMappings.materialId));
  return new Set(rows.map((row) => row.cad));
}

/** Every CAD material name that a mapping or a product knows, with how many products carry it. */
export async function listMappings(tx: Tx): Promise<MaterialMapping[]> {
  const answer = await tx.execute<{ cad_material: string; material_name: string | null; product_count: number }>(sql`
    WITH used AS (
      SELECT part.value AS cad_material, count(DISTINCT p.id)::integer AS product_count
      FROM rd.products p CROSS JOIN LATERAL jsonb_each_text(p.cad_materials) part GROUP BY part.value
    )
    SELECT coalesce(m.cad_material, used.cad_material) AS cad_material, r.name AS material_name,
           coalesce(used.product_count, 0) AS product_count
    FROM rd.material_mappings m FULL JOIN used ON used.cad_material = m.cad_material
    LEFT JOIN rd.materials r ON r.id = m.material_id
    ORDER BY (r.name IS NULL) DESC, 1`);
  return answer.rows;
}

/** Works out which render material a CAD material name gets; null unmaps it. */
export async function planMapping(
  context: ChangeContext,
  change: { cad_material: string; material_name: string | null },
): Promise<Result<Plan<MaterialMapping>>> {
  const { tx } = context;
  const material =
    change.material_name === null ? ok(null) : await namedMaterial(tx, change.material_name, 'material_name');
  if (!material.ok) return material;
  const before = await currentMaterial(context, change.cad_material);
  const products = await countProducts(tx, change.cad_material);
  const after = material.value?.name ?? null;
  return ok({
    effect: {
      summary: `CAD material ${change.cad_material}: ${before ?? 'unmapped'} -> ${after ?? 'unmapped'}, on ${products} products`,
      counts: { mappings: 1, products },
      sample: [{ id: change.cad_material, label: change.cad_material, note: after ?? 'unmapped' }],
    },
    snapshot: snapshotOf('mapping', change.cad_material, before, after, products),
    execute: async () => {
      await writeMapping(context, change.cad_material, material.value?.id ?? null);
      return { cad_material: change.cad_material, material_name: after, product_count: products };
    },
  });
}

async function currentMaterial({ tx, lock }: ChangeContext, cadMaterial: string): Promise<string | null> {
  const named = eq(materialMappings.cadMaterial, cadMaterial);
  if (lock) await tx.select({ cad: materialMappings.cadMaterial }).from(materialMappings).where(named).for('update');
  const [row] = await tx
    .select({ name: materials.name })
    .from(materialMappings)
    .leftJoin(materials, eq(materials.id, materialMappings.materialId))
    .where(named);
  return row?.name ?? null;
}

async function countProducts(tx: Tx, cadMaterial: string): Promise<number> {
  const answer = await tx.execute<{ n: number }>(sql`
    SELECT count(*)::integer AS n FROM rd.products p
    WHERE EXISTS (SELECT 1 FROM jsonb_each_text(p.cad_materials) part WHERE part.value = ${cadMaterial})`);
  return answer.rows[0]?.n ?? 0;
}

async function writeMapping(
  { tx, actor }: ChangeContext,
  cadMaterial: string,
  materialId: string | null,
): Promise<void> {
  await tx
    .insert(materialMappings)
    .values({ tenantId: actor.tenantId, cadMaterial, materialId })
    .onConflictDoUpdate({
      target: [materialMappings.tenantId, materialMappings.cadMaterial],
      set: { materialId, updatedAt: sql`now()` },
    });
  await tell(tx, actor.tenantId, { type: 'mappings.changed' });
}
