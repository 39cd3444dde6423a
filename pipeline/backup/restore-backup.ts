import { createHash, type Hash } from 'node:crypto';
import { once } from 'node:events';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { from as copyFrom, type CopyStreamQuery } from 'pg-copy-streams';
import { unwrap } from '../../shared/errors/index.ts';
import { migrate, type Connection, type Connections, type Tx } from '../db/index.ts';
import { readKey, type ImageStore } from '../store/index.ts';
import { checkAdminRights } from './admin-rights.ts';
import type { CheckedArchive } from './archive-reader.ts';
import { IMAGES, TABLES, tableName, type End, type TableSpec } from './manifest.ts';
import { bringBack } from './bring-back.ts';
import { checkEmpty } from './restore-checks.ts';
import { copyTarget, emptyTables } from './tables.ts';

/** Where the images of a restore go: before the data is committed, or within the very transaction that commits it. */
export type ImageTarget = (tx: Tx) => Pick<ImageStore, 'write'>;

export interface RestoreParts {
  connections: Connections & { admin: Connection };
  images: ImageTarget;
  archive: CheckedArchive;
  say: (line: string) => void;
  signal: AbortSignal;
}

/**
 * Fills an empty database and a store from a backup that was checked whole. Rows, roles and jobs come in one transaction
 * that ends after the last image, so a restore that fails or dies changed nothing and can be started again.
 */
export async function restoreBackup(parts: RestoreParts): Promise<void> {
  const { manifest } = parts.archive;
  unwrap(await checkEmpty(parts.connections.admin, manifest));
  await migrate(
    parts.connections,
    manifest.migrations.map(({ name }) => name),
  );
  await load(parts);
  await migrate(parts.connections);
}

async function load(parts: RestoreParts): Promise<void> {
  const { archive } = parts;
  const client = new Client({ ...parts.connections.admin, options: '-c datestyle=ISO -c timezone=UTC' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    unwrap(await checkAdminRights(client));
    await client.query('BEGIN');
    await emptyTables(client);
    const tx = drizzle(client);
    await setTriggers(client, archive, 'DISABLE');
    await fill(client, { ...parts, images: parts.images(tx) });
    await setTriggers(client, archive, 'ENABLE');
    await bringBack(tx, parts.connections, archive.manifest);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** What triggers would do was done when the rows were first written. */
async function setTriggers(client: Client, { manifest }: CheckedArchive, what: 'ENABLE' | 'DISABLE'): Promise<void> {
  for (const { schema: of, name } of manifest.tables) {
    await client.query(
      `ALTER TABLE ${client.escapeIdentifier(of)}.${client.escapeIdentifier(name)} ${what} TRIGGER USER`,
    );
  }
}

async function fill(
  client: Client,
  { archive, images, say, signal }: Omit<RestoreParts, 'images'> & { images: Pick<ImageStore, 'write'> },
): Promise<void> {
  let loading: Loading | null = null;
  for await (const { name, bytes } of archive.entries()) {
    signal.throwIfAborted();
    const table = tableOf(archive, name);
    if (loading !== null && table !== loading.table) {
      await endLoading(loading, archive.end, say);
      loading = null;
    }
    if (table !== null) {
      loading ??= beginLoading(client, table);
      await feed(loading, bytes);
    } else if (name.startsWith(IMAGES) && readKey(name.slice(IMAGES.length)) !== null) {
      unwrap(await images.write(name.slice(IMAGES.length), bytes));
    } else throw new Error(`A backup holds no ${name}.`);
  }
  if (loading !== null) await endLoading(loading, archive.end, say);
}

function tableOf({ manifest }: CheckedArchive, entry: string): TableSpec | null {
  if (!entry.startsWith(TABLES)) return null;
  const wanted = entry.slice(TABLES.length, entry.lastIndexOf('/'));
  return manifest.tables.find((table) => tableName(table) === wanted) ?? null;
}

/** A table that rows are flowing into. */
interface Loading {
  table: TableSpec;
  stream: CopyStreamQuery;
  hash: Hash;
  failed: Promise<never>;
}

function beginLoading(client: Client, table: TableSpec): Loading {
  const stream = client.query(copyFrom(`COPY ${copyTarget(client, table)} FROM STDIN`));
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  return { table, stream, hash: createHash('sha256'), failed };
}

async function feed({ stream, hash, failed }: Loading, bytes: Buffer): Promise<void> {
  hash.update(bytes);
  if (!stream.write(bytes)) await Promise.race([once(stream, 'drain'), failed]);
}

async function endLoading(
  { table, stream, hash, failed }: Loading,
  end: End,
  say: (line: string) => void,
): Promise<void> {
  stream.end();
  await Promise.race([once(stream, 'finish'), failed]);
  const name = tableName(table);
  const expected = end.tables[name];
  if (expected?.rows !== stream.rowCount || expected.sha256 !== hash.digest('hex')) {
    throw new Error(`${name} has ${stream.rowCount} rows after the restore, not ${expected?.rows ?? 0}.`);
  }
  say(`${name}: ${stream.rowCount} rows`);
}
