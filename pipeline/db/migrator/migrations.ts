import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import type { Client } from 'pg';
import { withRolesOf } from '../roles.ts';
import { refuse } from './refuse.ts';

const FOLDER = new URL('../migrations/', import.meta.url);

/** One file of `migrations/`, in the order of their names; the checksum covers the text as it is written. */
export interface Migration {
  name: string;
  text: string;
  checksum: string;
}

/** What ran before: name to checksum. */
export type AppliedMigrations = ReadonlyMap<string, string>;

/** The migrations that this program brings. */
export async function readMigrations(): Promise<Migration[]> {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  return await Promise.all(
    names.map(async (name) => {
      const text = await readFile(new URL(name, FOLDER), 'utf8');
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') };
    }),
  );
}

/** Reads what ran; the table must be there. */
export async function readApplied(client: Pick<Client, 'query'>): Promise<AppliedMigrations> {
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'SELECT name, checksum FROM rd_meta.migrations',
  );
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

/** Those that did not run yet. Refuses a database that a newer program migrated, and a migration changed afterwards. */
export function pendingMigrations(known: readonly Migration[], applied: AppliedMigrations): Migration[] {
  const unknown = [...applied.keys()].filter((name) => !known.some((migration) => migration.name === name));
  if (unknown.length > 0) {
    throw refuse(
      `The database is newer than this Renderdesk: ${unknown.sort().join(', ')} ran on it. Start a version that knows them.`,
    );
  }
  const changed = known.find(({ name, checksum }) => applied.has(name) && applied.get(name) !== checksum);
  if (changed !== undefined) {
    throw refuse(`Migration ${changed.name} was changed after it ran on this database. Put it back and add a new one.`);
  }
  return known.filter(({ name }) => !applied.has(name));
}

/** Runs what is new, each in its own transaction, as the owner whose role this session has; with `only`, no others. */
export async function runMigrations(
  client: Client,
  database: string,
  only: readonly string[] | undefined,
): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS rd_meta');
  await client.query(`CREATE TABLE IF NOT EXISTS rd_meta.migrations
    (name text PRIMARY KEY, checksum text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`);
  const pending = pendingMigrations(await readMigrations(), await readApplied(client));
  for (const { name, text, checksum } of pending) {
    if (only?.includes(name) === false) continue;
    await client.query('BEGIN');
    try {
      await client.query(withRolesOf(database, text));
      await client.query('INSERT INTO rd_meta.migrations (name, checksum) VALUES ($1, $2)', [name, checksum]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw new Error(`Migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
    }
  }
}
