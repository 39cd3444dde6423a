import { eq, sql } from 'drizzle-orm';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { schema, type Tx } from '../db/index.ts';
import type { RenderRow } from '../domain/renders/index.ts';
import type { PartMaterial, RenderRequest } from '../render/index.ts';

const { orderLines, products } = schema;

/** What the renderer needs for a render, read as it is now. Fails with `unmapped_material` naming the CAD material. */
export async function prepareRender(tx: Tx, render: RenderRow): Promise<Result<RenderRequest>> {
  const [row] = await tx
    .select({ product: products })
    .from(orderLines)
    .innerJoin(products, eq(products.id, orderLines.productId))
    .where(eq(orderLines.id, render.lineId));
  if (row === undefined) throw new Error('The render has no product.');
  const { pimId, designation, kind, dimensions, cadMaterials } = row.product;
  const materials =
    render.materialOverride === null
      ? await mappedMaterials(tx, cadMaterials)
      : await overridden(tx, cadMaterials, render.materialOverride);
  if (!materials.ok) return materials;
  const product = { pim_id: pimId, designation, kind, dimensions, cad_materials: cadMaterials };
  return ok({ product, materials: materials.value, settings: render.settings });
}

type Materials = Record<string, PartMaterial>;
type MaterialRow = PartMaterial & { cad_material: string };

/** Each part's own material; the first one without is the failure. */
async function mappedMaterials(tx: Tx, parts: Readonly<Record<string, string>>): Promise<Result<Materials>> {
  const answer = await tx.execute<MaterialRow & Record<string, unknown>>(sql`
    SELECT m.cad_material, r.color, r.metallic, r.roughness
    FROM rd.material_mappings m JOIN rd.materials r ON r.id = m.material_id`);
  const library = new Map(answer.rows.map(({ cad_material, ...material }) => [cad_material, material]));
  const materials: Materials = {};
  for (const [part, name] of Object.entries(parts)) {
    const material = library.get(name);
    if (material === undefined)
      return fail('unmapped_material', unmappedSentence(name), { details: { cad_material: name } });
    materials[part] = material;
  }
  return ok(materials);
}

function unmappedSentence(name: string): string {
  return `CAD material ${name} has no render material. Map it, or set a material override and retry.`;
}

/** One material on every part, the parts the product names no material for included. */
async function overridden(tx: Tx, parts: Readonly<Record<string, string>>, name: string): Promise<Result<Materials>> {
  const [material] = await tx
    .select({
      color: schema.materials.color,
      metallic: schema.materials.metallic,
      roughness: schema.materials.roughness,
    })
    .from(schema.materials)
    .where(eq(schema.materials.name, name));
  if (material === undefined) return fail('unknown_material', `The material ${name} is no longer in the library.`);
  return ok(Object.fromEntries(Object.keys(parts).map((part) => [part, material])));
}
