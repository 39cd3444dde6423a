import type { Database } from '../db/index.ts';
import { DEFAULT_CONFIG } from '../domain/tenants/index.ts';
import { readCatalogueFile } from './catalogue.ts';
import { insertRecipes } from './library.ts';

/**
 * Makes a tenant that can be worked with as soon as it has a user and products: default settings, the materials and
 * output types of the catalogue, nothing else. Whole or not at all.
 */
export async function makeNewTenant(
  database: Database,
  tenant: { name: string; timeZone: string },
): Promise<{ id: string }> {
  const recipes = {
    materials: await readCatalogueFile('materials.json'),
    outputTypes: await readCatalogueFile('output-types.json'),
  };
  const config = { ...DEFAULT_CONFIG, time_zone: tenant.timeZone };
  return await database.createTenant({
    name: tenant.name,
    config,
    fill: (tx, id) => insertRecipes(tx, id, recipes),
  });
}
