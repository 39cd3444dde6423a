import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import type {
  CatalogueCategory,
  CatalogueMapping,
  CatalogueMaterial,
  CatalogueOutputType,
  CatalogueProduct,
} from '../../shared/domain/catalogue.ts';
import { schema, type Tx } from '../db/index.ts';
import { PATH_SEPARATOR, upsertProducts } from '../domain/products/index.ts';

/** What a tenant starts with, before it has orders. */
export interface Library {
  categories: readonly CatalogueCategory[];
  products: readonly CatalogueProduct[];
  materials: readonly CatalogueMaterial[];
  mappings: readonly CatalogueMapping[];
  outputTypes: readonly CatalogueOutputType[];
}

/** Writes a tenant's library in bulk. Returns the products' ids by PIM-ID. */
export async function insertLibrary(tx: Tx, tenantId: string, library: Library): Promise<Map<string, string>> {
  const categoryIds = await insertCategories(tx, tenantId, library.categories);
  await insertRecipes(tx, tenantId, library);
  await insertMappings(tx, tenantId, library.mappings);
  await upsertProducts(tx, tenantId, library.products, (path) => need(categoryIds, path.join(PATH_SEPARATOR)));
  const { id, pimId } = schema.products;
  const rows = await tx.select({ id, pimId }).from(schema.products).where(eq(schema.products.tenantId, tenantId));
  return new Map(rows.map((row) => [row.pimId, row.id]));
}

async function insertCategories(
  tx: Tx,
  tenantId: string,
  categories: readonly CatalogueCategory[],
): Promise<Map<string, string>> {
  const ids = new Map(categories.map(({ path }) => [path.join(PATH_SEPARATOR), randomUUID() as string]));
  await tx.insert(schema.categories).values(
    categories.map(({ path, description }) => ({
      id: need(ids, path.join(PATH_SEPARATOR)),
      tenantId,
      parentId: path.length === 1 ? null : need(ids, path.slice(0, -1).join(PATH_SEPARATOR)),
      name: path.at(-1) ?? '',
      path: path.join(PATH_SEPARATOR),
      description,
    })),
  );
  return ids;
}

/** Writes a tenant's materials and recipes: what it needs before its first order, besides products. */
export async function insertRecipes(
  tx: Tx,
  tenantId: string,
  { materials, outputTypes }: Pick<Library, 'materials' | 'outputTypes'>,
): Promise<void> {
  await tx.insert(schema.materials).values(materials.map((material) => ({ ...material, tenantId })));
  await tx
    .insert(schema.outputTypes)
    .values(outputTypes.map(({ is_default: isDefault, ...type }) => ({ ...type, tenantId, isDefault })));
}

async function insertMappings(tx: Tx, tenantId: string, mappings: Library['mappings']): Promise<void> {
  const { id, name } = schema.materials;
  const rows = await tx.select({ id, name }).from(schema.materials).where(eq(schema.materials.tenantId, tenantId));
  const ids = new Map(rows.map((row) => [row.name, row.id]));
  await tx.insert(schema.materialMappings).values(
    mappings.map(({ cad_material: cadMaterial, material_name: material }) => ({
      tenantId,
      cadMaterial,
      materialId: material === null ? null : need(ids, material),
    })),
  );
}

/** The value under a key that must be there. */
export function need<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key);
  if (value === undefined) throw new Error(`The sample catalogue names ${String(key)}, which is not in it.`);
  return value;
}
