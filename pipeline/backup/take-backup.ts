import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { failure, FailureError, unwrap } from '../../shared/errors/index.ts';
import type { Connection } from '../db/index.ts';
import { thumbnailKey, type ImageStore } from '../store/index.ts';
import { checkAdminRights } from './admin-rights.ts';
import { openArchive, type ArchiveWriter } from './archive-writer.ts';
import {
  END,
  FORMAT,
  IMAGES,
  MANIFEST,
  TABLES,
  tableName,
  type End,
  type Manifest,
  type TableSpec,
} from './manifest.ts';
import { copyTarget, listSequences, listTables } from './tables.ts';

/** Bytes of one part of a table. */
const PART = 4_000_000;
const PAGE = 1000;

export interface BackupParts {
  admin: Connection;
  store: ImageStore;
  file: string;
  /** Hears in a line how far it is. */
  say: (line: string) => void;
  signal: AbortSignal;
}

export interface BackupSummary {
  rows: number;
  images: End['images'];
  /** Of the file. */
  bytes: number;
}

/**
 * Writes data and images into one file while the pipeline goes on: one snapshot of the database, and the images that the
 * snapshot names, which never change once they are published. Leaves no file behind where it fails or is stopped.
 */
export async function takeBackup(parts: BackupParts): Promise<BackupSummary> {
  const client = new Client({ ...parts.admin, options: '-c row_security=off -c datestyle=ISO -c timezone=UTC' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    unwrap(await checkAdminRights(client));
    const archive = unwrap(await openArchive(parts.file));
    try {
      return await fill(archive, client, parts);
    } catch (error) {
      await archive.abandon();
      throw error;
    }
  } finally {
    await client.end();
  }
}

async function fill(archive: ArchiveWriter, client: Client, parts: BackupParts): Promise<BackupSummary> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const manifest = await describe(client);
  await archive.add(MANIFEST, json(manifest));
  const tables: End['tables'] = {};
  for (const table of manifest.tables) {
    const copied = await addTable(archive, client, { table, signal: parts.signal });
    tables[tableName(table)] = copied;
    if (copied.rows > 0) parts.say(`${tableName(table)}: ${copied.rows} rows`);
  }
  const images = await addImages(archive, client, parts);
  await client.query('COMMIT');
  const end: End = { digest: archive.digest(), tables, images };
  await archive.add(END, json(end));
  const bytes = await archive.finish();
  return { rows: Object.values(tables).reduce((sum, { rows }) => sum + rows, 0), images, bytes };
}

async function describe(client: Client): Promise<Manifest> {
  const migrations = await client.query<Manifest['migrations'][number]>(
    'SELECT name, checksum FROM rd_meta.migrations ORDER BY name',
  );
  const version = await client.query<{ n: number }>(`SELECT current_setting('server_version_num')::int AS n`);
  const program = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return {
    format: FORMAT,
    program: program.version,
    created_at: new Date().toISOString(),
    postgres: version.rows[0]?.n ?? 0,
    migrations: migrations.rows,
    tables: await listTables(client),
    sequences: await listSequences(client),
  };
}

async function addTable(
  archive: ArchiveWriter,
  client: Client,
  { table, signal }: { table: TableSpec; signal: AbortSignal },
): Promise<End['tables'][string]> {
  const stream = client.query(copyTo(`COPY ${copyTarget(client, table)} TO STDOUT`));
  const hash = createHash('sha256');
  let waiting: Buffer[] = [];
  let size = 0;
  let part = 0;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(waiting);
    [waiting, size] = [[], 0];
    await archive.add(`${TABLES}${tableName(table)}/${String(part).padStart(6, '0')}`, bytes);
    part += 1;
  };
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    hash.update(chunk);
    waiting.push(chunk);
    size += chunk.length;
    if (size >= PART) await flush();
  }
  if (size > 0) await flush();
  return { rows: stream.rowCount, sha256: hash.digest('hex') };
}

async function addImages(archive: ArchiveWriter, client: Client, parts: BackupParts): Promise<End['images']> {
  const images = { count: 0, bytes: 0, lost: 0 };
  await client.query('DECLARE images CURSOR FOR SELECT image_key FROM rd.renders WHERE image_key IS NOT NULL');
  for (;;) {
    const page = await client.query<{ image_key: string }>(`FETCH ${PAGE} FROM images`);
    for (const { image_key: key } of page.rows) {
      parts.signal.throwIfAborted();
      const copied = await Promise.all([key, thumbnailKey(key)].map((one) => parts.store.read(one)));
      await addImage(archive, images, { key, copied });
    }
    if (page.rows.length < PAGE) break;
    parts.say(`${images.count} images, ${megabytes(images.bytes)}`);
  }
  if (images.lost > 0) tellLost(images, parts);
  return images;
}

type Copied = Awaited<ReturnType<ImageStore['read']>>[];

/** A lost image is lost already: the backup goes on without it and says so. A store that does not answer ends it. */
async function addImage(
  archive: ArchiveWriter,
  images: End['images'],
  { key, copied }: { key: string; copied: Copied },
): Promise<void> {
  const names = [key, thumbnailKey(key)];
  for (const [index, found] of copied.entries()) {
    if (found.ok) {
      await archive.add(IMAGES + (names[index] ?? ''), found.value);
      images.bytes += found.value.length;
    } else if (found.failure.code !== 'image_lost') throw new FailureError(found.failure);
  }
  if (copied.every((found) => found.ok)) images.count += 1;
  else images.lost += 1;
}

function tellLost(images: End['images'], { store, say }: BackupParts): void {
  if (images.count === 0) {
    const text = `None of the ${images.lost} images is in ${store.name}. Give --files as the pipeline is started with.`;
    throw new FailureError(failure('backup_refused', text));
  }
  say(`${images.lost} images are gone or damaged in ${store.name} and are not in the backup`);
}

function json(value: object): Buffer {
  return Buffer.from(JSON.stringify(value, null, 1));
}

/** `12.3 MB` */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
