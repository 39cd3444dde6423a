import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { CATALOGUE_FILES } from '../../shared/domain/catalogue.ts';

const FOLDER = new URL('../../resources/catalogue/', import.meta.url);

type Files = typeof CATALOGUE_FILES;
/** The sample catalogue, by file name. */
export type Catalogue = { [K in keyof Files]: z.output<Files[K]> };

/** Reads and checks the sample catalogue of `resources/catalogue/`. */
export async function readCatalogue(): Promise<Catalogue> {
  return {
    'products.json': await readCatalogueFile('products.json'),
    'categories.json': await readCatalogueFile('categories.json'),
    'materials.json': await readCatalogueFile('materials.json'),
    'material-mappings.json': await readCatalogueFile('material-mappings.json'),
    'output-types.json': await readCatalogueFile('output-types.json'),
    'history.json': await readCatalogueFile('history.json'),
    'second-tenant.json': await readCatalogueFile('second-tenant.json'),
  };
}

/** Reads and checks one file of the sample catalogue. */
export async function readCatalogueFile<K extends keyof Files>(name: K): Promise<Catalogue[K]> {
  const text = await readFile(new URL(name, FOLDER), 'utf8');
  // The schema under a name is that name's type; the compiler does not carry that through the index.
  return CATALOGUE_FILES[name].parse(JSON.parse(text)) as Catalogue[K];
}
