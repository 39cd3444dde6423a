import { CATALOGUE_FILES, type CatalogueProduct } from '../../shared/domain/index.ts';
import { buildDropList, toCsv } from './examples/drop-list.ts';
import { toXlsx } from './examples/xlsx.ts';
import { CATEGORIES } from './library/categories.ts';
import { HISTORY } from './library/history.ts';
import { MATERIAL_MAPPINGS, MATERIALS } from './library/materials.ts';
import { OUTPUT_TYPES } from './library/output-types.ts';
import { buildSecondTenant } from './library/second-tenant.ts';
import { buildProducts } from './products.ts';

/** An array with one item a line, so that a change shows as one line. */
function lines(items: readonly unknown[]): string {
  return `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;
}

/** A value of JSON: arrays of things one to a line, everything else compact. */
function serialize(value: unknown): string {
  if (Array.isArray(value)) return `${lines(value)}\n`;
  const entries = Object.entries(value as Record<string, unknown>).map(
    ([key, item]) => `${JSON.stringify(key)}: ${Array.isArray(item) ? lines(item) : JSON.stringify(item)}`,
  );
  return `{\n${entries.join(',\n')}\n}\n`;
}

/** Does the product carry a CAD material that no mapping covers? */
export function isUnmapped(product: CatalogueProduct): boolean {
  const mapped = new Set(MATERIAL_MAPPINGS.filter((m) => m.material_name !== null).map((m) => m.cad_material));
  return Object.values(product.cad_materials).some((material) => !mapped.has(material));
}

/** Every generated file by its path under `resources/`; throws where one breaks its schema. */
export function buildFiles(): Map<string, string | Buffer> {
  const products = buildProducts();
  const contents: Record<keyof typeof CATALOGUE_FILES, unknown> = {
    'products.json': products,
    'categories.json': CATEGORIES,
    'materials.json': MATERIALS,
    'material-mappings.json': MATERIAL_MAPPINGS,
    'output-types.json': OUTPUT_TYPES,
    'history.json': { orders: HISTORY },
    'second-tenant.json': buildSecondTenant(products),
  };
  const files = new Map<string, string | Buffer>();
  for (const [name, schema] of Object.entries(CATALOGUE_FILES)) {
    const content = contents[name as keyof typeof CATALOGUE_FILES];
    schema.parse(content);
    files.set(`catalogue/${name}`, serialize(content));
  }
  const rows = buildDropList(products, isUnmapped);
  files.set('examples/product-list.csv', toCsv(rows));
  files.set(
    'examples/product-list.xlsx',
    toXlsx('Artikel', [
      ['Artikelnummer', 'Bezeichnung', 'Menge'],
      ...rows.map((row) => [row.Artikelnummer, row.Bezeichnung, row.Menge]),
    ]),
  );
  return files;
}
