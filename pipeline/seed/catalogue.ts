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
    'products.json': await read('products.json'),
    'categories.json': await read('categories.json'),
    'materials.json': await read('materials.json'),
    'material-mappings.json': await read('material-mappings.json'),
    'output-types.json': await read('output-types.json'),
    'history.json': await read('history.json'),
    'second-tenant.json': await read('second-tenant.json'),
  };
}

async function read<K extends keyof Files>(name: K): Promise<Catalogue[K]> {
  const text = await readFile(new URL(name, FOLDER), 'utf8');
  // The schema under a name is that name's type; the compiler does not carry that through the index.
  return CATALOGUE_FILES[name].parse(JSON.parse(text)) as Catalogue[K];
}
