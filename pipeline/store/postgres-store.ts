import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { DatabaseError } from 'pg';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { Database, Tx } from '../db/index.ts';
import { damaged, missing, noRoom } from './failures.ts';
import { partsOf } from './keys.ts';
import type { ImageStore, StoredImage } from './store.ts';

/** Bytes of one row: small enough for any server's memory, large enough to be few. */
const CHUNK = 256 * 1024;
const PAGE = 1000;
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Images in the pipeline's own database, behind the tenant's wall: the worker's role writes, the API's role reads. The
 * same bytes are kept once for each tenant.
 */
export function openPostgresStore(database: Database): ImageStore {
  return {
    name: 'the database',
    // What keeps the database from answering is said by whoever starts on it, in better words than a store has.
    check: async () => {
      await database.withTenant(NOBODY, (tx) => tx.execute(sql`SELECT 1 FROM rd.image_files LIMIT 1`));
      return ok(null);
    },
    write: (key, bytes) =>
      telling(async () => {
        await database.withTenantAsWorker(partsOf(key).tenantId, (tx) => writeImage(tx, key, bytes));
        return ok(null);
      }),
    read: (key) => telling(() => database.withTenant(partsOf(key).tenantId, (tx) => read(tx, key))),
    list: (tenantId) => list(database, tenantId),
    remove: (tenantId, keys) => database.withTenantAsWorker(tenantId, (tx) => remove(tx, keys)),
    close: () => Promise.resolve(),
  };
}

/** Writes an image within a transaction. The bytes must be the key's. */
export async function writeImage(tx: Tx, key: string, bytes: Buffer): Promise<void> {
  const { tenantId } = partsOf(key);
  const sha256 = createHash('sha256').update(bytes).digest();
  const added = await tx.execute(sql`
    INSERT INTO rd.image_contents (tenant_id, sha256, bytes) VALUES (${tenantId}, ${sha256}, ${bytes.length})
    ON CONFLICT DO NOTHING RETURNING 1`);
  if (added.rows.length > 0) {
    for (let start = 0, position = 0; start < bytes.length; start += CHUNK, position += 1) {
      const chunk = bytes.subarray(start, start + CHUNK);
      await tx.execute(sql`
        INSERT INTO rd.image_chunks (tenant_id, sha256, position, data)
        VALUES (${tenantId}, ${sha256}, ${position}, ${chunk})`);
    }
  }
  await tx.execute(sql`
    INSERT INTO rd.image_files (tenant_id, key, sha256) VALUES (${tenantId}, ${key}, ${sha256}) ON CONFLICT DO NOTHING`);
}

/** Reads chunk by chunk: the wire never carries more than one at a time. */
async function read(tx: Tx, key: string): Promise<Result<Buffer>> {
  const found = await tx.execute<{ sha256: Buffer; bytes: number }>(sql`
    SELECT c.sha256, c.bytes FROM rd.image_files f JOIN rd.image_contents c USING (tenant_id, sha256)
    WHERE f.key = ${key}`);
  const contents = found.rows[0];
  if (contents === undefined) return missing();
  const chunks: Buffer[] = [];
  for (let position = 0; position * CHUNK < contents.bytes; position += 1) {
    const answer = await tx.execute<{ data: Buffer }>(sql`
      SELECT data FROM rd.image_chunks WHERE sha256 = ${contents.sha256} AND position = ${position}`);
    const data = answer.rows[0]?.data;
    if (data === undefined) return damaged();
    chunks.push(data);
  }
  const bytes = Buffer.concat(chunks);
  return createHash('sha256').update(bytes).digest().equals(contents.sha256) ? ok(bytes) : damaged();
}

async function* list(database: Database, tenantId: string): AsyncIterable<StoredImage> {
  let after = '';
  for (;;) {
    const page = await database.withTenant(tenantId, (tx) =>
      tx.execute<{ key: string; bytes: number; at: Date }>(sql`
        SELECT f.key, c.bytes, f.created_at AS at FROM rd.image_files f JOIN rd.image_contents c USING (tenant_id, sha256)
        WHERE f.key > ${after} ORDER BY f.key LIMIT ${PAGE}`),
    );
    for (const { key, bytes, at } of page.rows) yield { key, bytes, at: new Date(at) };
    if (page.rows.length < PAGE) return;
    after = page.rows.at(-1)?.key ?? '';
  }
}

/**
 * Takes the names away, then the bytes that no name is left for. The contents' rows are locked before they are looked
 * at again, so bytes that somebody names at this moment stay.
 */
async function remove(tx: Tx, keys: readonly string[]): Promise<void> {
  const gone = await tx.execute<{ sha256: Buffer }>(sql`
    DELETE FROM rd.image_files WHERE key = ANY(${sql.param(keys)}::text[]) RETURNING sha256`);
  const hashes = sql.param(gone.rows.map((row) => row.sha256));
  await tx.execute(
    sql`SELECT 1 FROM rd.image_contents WHERE sha256 = ANY(${hashes}::bytea[]) ORDER BY sha256 FOR UPDATE`,
  );
  await tx.execute(sql`
    DELETE FROM rd.image_contents c WHERE c.sha256 = ANY(${hashes}::bytea[])
    AND NOT EXISTS (SELECT 1 FROM rd.image_files f WHERE f.tenant_id = c.tenant_id AND f.sha256 = c.sha256)`);
}

/** A database without room, or without an answer, as a failure; the rest is a bug. */
async function telling<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof DatabaseError ? (cause.code ?? '') : '';
    if (['53100', '58030'].includes(code)) return noRoom('the disk of the database');
    if (cause instanceof DatabaseError) throw error;
    const said = cause instanceof Error ? cause.message : String(cause);
    if (/connect|ECONN|terminat/i.test(said)) {
      return fail('storage_unavailable', 'The database that holds the images does not answer. Try again.');
    }
    throw error;
  }
}
