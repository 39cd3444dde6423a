import { eq, sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { Role } from '../../shared/domain/index.ts';
import { schema, type Database } from '../db/index.ts';
import { hashPassword } from '../domain/accounts/index.ts';
import { DEFAULT_CONFIG } from '../domain/tenants/index.ts';
import { QUEUES } from '../jobs/index.ts';
import { readCatalogue, type Catalogue } from './catalogue.ts';
import { insertHistory } from './history.ts';
import { insertLibrary } from './library.ts';
import { secondLibrary } from './second-tenant.ts';

/** Everybody of the sample signs in with this password. It opens nothing but sample data and is printed where it seeds. */
export const SAMPLE_PASSWORD = 'renderdesk-sample';

/** Somebody who can sign in to the sample. */
export interface SampleUser {
  email: string;
  password: string;
}

/** The two companies of the sample and who works there. */
export const SAMPLE_TENANTS = [
  {
    name: 'Kugelwerk',
    domain: 'kugelwerk.example',
    people: { operator: 'Jana Petersen', admin: 'Matthias Brandt', viewer: 'Sofie Lindner' },
  },
  {
    name: 'Nordlager',
    domain: 'nordlager.example',
    people: { operator: 'Henrik Dahl', admin: 'Wiebke Claasen', viewer: 'Ole Jensen' },
  },
] as const;

const { products, tenants } = schema;

type SampleTenant = (typeof SAMPLE_TENANTS)[number];
/** A company to be made: a sample one, or one like it under another name. */
type Company = Omit<SampleTenant, 'name'> & { name: string };

/**
 * Seeds two sample companies, each once and whole: what a crash left half made is made anew. Leaves a database alone that
 * holds anybody else. Returns the users where something was seeded.
 */
export async function seedSample(database: Database, boss: PgBoss): Promise<SampleUser[]> {
  const existing = await database.listTenants();
  const names: readonly string[] = SAMPLE_TENANTS.map(({ name }) => name);
  if (existing.some(({ name }) => !names.includes(name))) return [];
  const [first, second] = SAMPLE_TENANTS;
  const rooms = [await makeRoom(database, existing, first), await makeRoom(database, existing, second)];
  if (!rooms.some(Boolean)) return [];
  const seeding = { database, boss, catalogue: await readCatalogue() };
  if (rooms[0] === true) await seedFirst(seeding, first);
  if (rooms[1] === true) await seedSecond(seeding, second);
  return SAMPLE_TENANTS.flatMap(usersOf);
}

/** Who can sign in to a sample company. */
export function usersOf(tenant: Pick<SampleTenant, 'domain'>): SampleUser[] {
  return ROLES.map((role) => ({ email: emailOf(tenant, role), password: SAMPLE_PASSWORD }));
}

/** Is the tenant still to be made? A half-made one, which has no products yet, goes first. */
export async function makeRoom(
  database: Database,
  existing: readonly { id: string; name: string }[],
  tenant: { name: string },
): Promise<boolean> {
  const found = existing.find(({ name }) => name === tenant.name);
  if (found === undefined) return true;
  return await database.provision(found.id, async (tx) => {
    const [product] = await tx
      .select({ id: products.id })
      .from(products)
      .where(eq(products.tenantId, found.id))
      .limit(1);
    if (product !== undefined) return false;
    await tx.delete(tenants).where(eq(tenants.id, found.id));
    return true;
  });
}

interface Seeding {
  database: Database;
  boss: PgBoss;
  catalogue: Catalogue;
}

/** The company that the sample is about, with its orders. */
async function seedFirst({ database, boss, catalogue }: Seeding, tenant: SampleTenant): Promise<void> {
  const { id: tenantId, users } = await makeTenant(database, tenant);
  await database.provision(tenantId, async (tx) => {
    const productIds = await insertLibrary(tx, tenantId, {
      categories: catalogue['categories.json'],
      products: catalogue['products.json'],
      materials: catalogue['materials.json'],
      mappings: catalogue['material-mappings.json'],
      outputTypes: catalogue['output-types.json'],
    });
    const renders = await insertHistory(tx, {
      tenantId,
      timeZone: DEFAULT_CONFIG.time_zone,
      catalogue,
      productIds,
      users,
    });
    const jobs = renders.map((id) => ({ id, data: { tenant_id: tenantId, render_id: id } }));
    await boss.insert(QUEUES.seedImage, jobs, { db: fromDrizzle(tx, sql) });
  });
}

/** A company that must never see anything of the first. */
async function seedSecond({ database, catalogue }: Seeding, tenant: SampleTenant): Promise<void> {
  const { id } = await makeTenant(database, tenant);
  await database.provision(id, (tx) => insertLibrary(tx, id, secondLibrary(catalogue)));
}

const ROLES = ['operator', 'admin', 'viewer'] as const satisfies readonly Role[];

interface MadeTenant {
  id: string;
  users: Map<Role, { id: string; name: string }>;
}

/** Makes a company with one user of each role. */
export async function makeTenant(database: Database, tenant: Company): Promise<MadeTenant> {
  const { id: tenantId } = await database.createTenant({ name: tenant.name, config: DEFAULT_CONFIG });
  const users: MadeTenant['users'] = new Map();
  for (const role of ROLES) {
    const name = tenant.people[role];
    const passwordHash = await hashPassword(SAMPLE_PASSWORD);
    const { id } = await database.createUser({ tenantId, email: emailOf(tenant, role), name, role, passwordHash });
    users.set(role, { id, name });
  }
  return { id: tenantId, users };
}

function emailOf(tenant: Pick<SampleTenant, 'domain'>, role: Role): string {
  return `${role}@${tenant.domain}`;
}
