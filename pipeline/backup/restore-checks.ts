import { Client } from 'pg';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { knownMigrations, type Connection } from '../db/index.ts';
import type { Manifest } from './manifest.ts';

/** Does this program know every migration of the backup, as it was then? */
export async function checkMigrations(manifest: Manifest): Promise<Result<null>> {
  const known = new Map((await knownMigrations()).map(({ name, checksum }) => [name, checksum]));
  const foreign = manifest.migrations.find(({ name, checksum }) => known.get(name) !== checksum);
  if (foreign === undefined) return ok(null);
  return fail(
    'backup_refused',
    `The backup is of Renderdesk ${manifest.program}, whose database this one does not know (${foreign.name}). ` +
      'Restore it with that version or a newer one. Nothing was changed.',
  );
}

/**
 * Is there nothing that a restore would overwrite? No database, an empty one, or what a restore of the same backup left
 * that did not come to its end.
 */
export async function checkEmpty(admin: Connection, manifest: Manifest): Promise<Result<null>> {
  const keeper = new Client({ ...admin, database: 'postgres' });
  await keeper.connect();
  try {
    const found = await keeper.query('SELECT 1 FROM pg_database WHERE datname = $1', [admin.database]);
    if (found.rowCount === 0) return ok(null);
  } finally {
    await keeper.end();
  }
  const client = new Client(admin);
  await client.connect();
  try {
    return (await isEmptyFor(client, manifest)) ? ok(null) : notEmpty(admin.database);
  } finally {
    await client.end();
  }
}

async function isEmptyFor(client: Client, manifest: Manifest): Promise<boolean> {
  const schemas = await client.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname IN ('rd', 'rd_meta')`,
  );
  const has = (name: string): boolean => schemas.rows.some((row) => row.name === name);
  if (!has('rd_meta')) return !has('rd');
  const applied = await client.query<{ name: string }>('SELECT name FROM rd_meta.migrations');
  const names = new Set(manifest.migrations.map(({ name }) => name));
  if (applied.rows.some(({ name }) => !names.has(name))) return false;
  if (!has('rd')) return true;
  const tenants = await client.query('SELECT 1 FROM rd.tenants LIMIT 1');
  return tenants.rowCount === 0;
}

function notEmpty(database: string): Result<never> {
  return fail(
    'backup_refused',
    `The database ${database} is not empty, and a restore overwrites nothing. Give a new --data directory or a new database.`,
  );
}
