import { sql } from 'drizzle-orm';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Database, Tx } from '../../db/index.ts';
import { readCatalogue, type Catalogue } from '../catalogue.ts';
import { insertLibrary, need } from '../library.ts';
import { makeRoom, makeTenant, SAMPLE_TENANTS, usersOf, type SampleUser } from '../sample.ts';
import { inBulk, settle } from './bulk.ts';
import { insertOrders } from './orders.ts';
import { insertProducts } from './products.ts';

/** The second company has this part of the first one's products and orders. */
const SHARE = 10;
const TIME_ZONE = 'Europe/Berlin';

/**
 * Seeds a company with so many products and a tenth as many orders over the past year, and a second one with a tenth of
 * that, for benchmarks. Whole or not at all: a restart finds them made, or makes anew what a crash left. Fails on a
 * database of anybody else, or of another size. Returns the users where something was seeded.
 */
export async function seedLarge(database: Database, count: number): Promise<Result<SampleUser[]>> {
  const companies = SAMPLE_TENANTS.map((tenant, position) => ({
    ...tenant,
    name: `${tenant.name}, large=${count}`,
    products: position === 0 ? count : Math.ceil(count / SHARE),
  }));
  const existing = await database.listTenants();
  const stranger = existing.find(({ name }) => companies.every((company) => company.name !== name));
  if (stranger !== undefined) {
    return fail(
      'illegal_state',
      `The database already holds ${stranger.name}. --seed large=${count} needs an empty one.`,
    );
  }
  const made: (Company & Made)[] = [];
  for (const company of companies) {
    if (await makeRoom(database, existing, company))
      made.push({ ...company, ...(await makeTenant(database, company)) });
  }
  const [first] = made;
  if (first === undefined) return ok([]);
  const catalogue = await readCatalogue();
  await database.provision(first.id, (tx) =>
    inBulk(tx, async () => {
      for (const company of made) await fill(tx, catalogue, company);
    }),
  );
  const { admin } = database.connections;
  if (admin !== null) await settle(admin);
  return ok(companies.flatMap(usersOf));
}

type Made = Awaited<ReturnType<typeof makeTenant>>;
interface Company {
  products: number;
}

async function fill(tx: Tx, catalogue: Catalogue, { id: tenantId, users, products }: Company & Made): Promise<void> {
  await insertLibrary(tx, tenantId, {
    categories: catalogue['categories.json'],
    products: [],
    materials: catalogue['materials.json'],
    mappings: catalogue['material-mappings.json'],
    outputTypes: catalogue['output-types.json'],
  });
  await insertProducts(tx, tenantId, { catalogue: catalogue['products.json'], count: products });
  await tx.execute(sql`SELECT rd_search.rebuild(${tenantId})`);
  await insertOrders(tx, {
    tenantId,
    timeZone: TIME_ZONE,
    count: Math.max(1, Math.round(products / 10)),
    products,
    operatorId: need(users, 'operator').id,
    adminId: need(users, 'admin').id,
  });
}
