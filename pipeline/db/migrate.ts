import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { closeCatalog } from './catalog-grants.ts';
import type { Connection, Connections } from './connections.ts';
import { createJobQueues } from './job-queues.ts';
import { queryRoleSettingsSql } from './query-role.ts';
import { roleNames, withRolesOf, type RoleNames } from './roles.ts';

const MIGRATIONS = new URL('./migrations/', import.meta.url);
/** Held while migrating, so that several processes starting at once migrate once. */
const MIGRATION_LOCK = 7203114;

/**
 * Brings roles, database and schema up to date as the admin. Runs what is new of `migrations/*.sql`, each in its own
 * transaction as rd_owner; a migration that was changed after it ran is an error. A migration names the plain roles
 * (`rd_owner`, `rd_api`, …); this database's own are put in. With `only`, no others are run.
 */
export async function migrate(
  connections: Connections & { admin: Connection },
  only?: readonly string[],
): Promise<void> {
  // Advisory locks belong to a database, so the one that always exists holds the lock for all of it.
  const keeper = new Client({ ...connections.admin, database: 'postgres' });
  await keeper.connect();
  try {
    await keeper.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await createDatabase(keeper, connections.api.database);
    await migrateDatabase(connections, only);
  } finally {
    await keeper.end();
  }
}

async function createDatabase(client: Client, database: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
}

async function migrateDatabase(
  connections: Connections & { admin: Connection },
  only: readonly string[] | undefined,
): Promise<void> {
  const client = new Client(connections.admin);
  await client.connect();
  try {
    const roles = roleNames(connections.api.database);
    await createRoles(client, roles, connections);
    await client.query(`SET ROLE ${roles.owner}`);
    await runMigrations(client, connections.api.database, only);
    await client.query('RESET ROLE');
    await createJobQueues(client, connections.admin, roles);
    await client.query(queryRoleSettingsSql(roles));
    await closeCatalog(client, roles);
  } finally {
    await client.end();
  }
}

async function createRoles(client: Client, roles: RoleNames, { api, worker }: Connections): Promise<void> {
  for (const role of [roles.owner, roles.admin, roles.query]) await createRole(client, role, 'NOLOGIN');
  for (const { user, password } of [api, worker]) {
    await createRole(client, user, `LOGIN PASSWORD ${client.escapeLiteral(password)}`);
  }
  const database = client.escapeIdentifier(api.database);
  await client.query(`ALTER DATABASE ${database} OWNER TO ${roles.owner}`);
  await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${roles.api}, ${roles.worker}, ${roles.query}`);
}

async function createRole(client: Client, role: string, options: string): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
  const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
  const weak = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';
  await client.query(`${verb} ROLE ${client.escapeIdentifier(role)} ${options} ${weak}`);
}

async function runMigrations(client: Client, database: string, only: readonly string[] | undefined): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS rd_meta');
  await client.query(`CREATE TABLE IF NOT EXISTS rd_meta.migrations
    (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const applied = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM rd_meta.migrations',
  );
  const known = new Map(applied.rows.map((row) => [row.name, row.checksum]));
  for (const { name, text, checksum } of await knownMigrations()) {
    if (only?.includes(name) === false) continue;
    const before = known.get(name);
    if (before === checksum) continue;
    if (before !== undefined) throw new Error(`Migration ${name} was changed after it ran. Add a new one instead.`);
    await applyMigration(client, { name, text: withRolesOf(database, text), checksum });
  }
}

/** Every migration of this program, in order. */
export async function knownMigrations(): Promise<{ name: string; text: string; checksum: string }[]> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort();
  return await Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, MIGRATIONS), 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

async function applyMigration(
  client: Client,
  migration: { name: string; text: string; checksum: string },
): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.text);
    await client.query('INSERT INTO rd_meta.migrations (name, checksum) VALUES ($1, $2)', [
      migration.name,
      migration.checksum,
    ]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`Migration ${migration.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}
