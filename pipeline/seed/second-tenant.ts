import { pimIdOf, type CatalogueCategory, type CatalogueProduct } from '../../shared/domain/catalogue.ts';
import type { Catalogue } from './catalogue.ts';
import type { Library } from './library.ts';

/** The second company's library: some designations of the catalogue under its own PIM-IDs, its own materials and recipes. */
export function secondLibrary(catalogue: Catalogue): Library {
  const second = catalogue['second-tenant.json'];
  const carried = new Set(second.designations);
  const products: CatalogueProduct[] = catalogue['products.json']
    .filter((product) => carried.has(product.designation))
    .map((product) => ({ ...product, pim_id: pimIdOf(second.pim_prefix, product.designation) }));
  return {
    products,
    categories: usedCategories(catalogue['categories.json'], products),
    materials: second.materials,
    mappings: second.material_mappings,
    outputTypes: second.output_types,
  };
}

function usedCategories(all: readonly CatalogueCategory[], products: readonly CatalogueProduct[]): CatalogueCategory[] {
  const used = new Set(
    products.flatMap(({ category }) => category.map((_, depth) => category.slice(0, depth + 1).join('/'))),
  );
  return all.filter(({ path }) => used.has(path.join('/')));
}
