import { asc } from 'drizzle-orm';
import type { Material } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import { byName } from '../by-name.ts';

/** The tenant's library of render materials, by name. */
export async function listMaterials(tx: Tx): Promise<Material[]> {
  const { id, name, description, color, metallic, roughness } = schema.materials;
  return await tx
    .select({ id, name, description, color, metallic, roughness })
    .from(schema.materials)
    .orderBy(asc(name));
}

/** The library's own material of that name. The failure is on `field` and names those there are. */
export async function namedMaterial(tx: Tx, name: string, field: string): Promise<Result<Material>> {
  const library = await listMaterials(tx);
  const found = byName(library, name);
  if (found !== undefined) return ok(found);
  const names = library.map((material) => material.name);
  return fail('unknown_material', `There is no material "${name}" in the library. There are: ${names.join(', ')}.`, {
    fields: [{ field, message: 'no material of that name' }],
    details: { available: names },
  });
}
