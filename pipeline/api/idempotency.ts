import { and, eq, sql } from 'drizzle-orm';
import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { schema, type Tx } from '../db/index.ts';
import type { Actor } from '../domain/context.ts';

const { idempotencyKeys } = schema;

/** The answer a key got first. */
export interface StoredAnswer {
  status: number;
  answer: unknown;
}

/** A key of the header `Idempotency-Key`: 1 to 200 visible characters. */
export function readKey(header: unknown): Result<string> {
  if (typeof header !== 'string' || header === '') return fail('key_required');
  if (/^[\x21-\x7e]{1,200}$/.test(header)) return ok(header);
  return fail('validation_failed', 'The Idempotency-Key must be 1 to 200 visible characters.', {
    fields: [{ field: 'Idempotency-Key', message: '1 to 200 visible characters' }],
  });
}

/**
 * What makes two requests the same one: method, address and body; of a file its bytes. `dry_run`, `snapshot` and
 * `rows` are no part of it: they guard and show.
 */
export function hashRequest(method: string, address: string, body: unknown): string {
  const { pathname, searchParams } = new URL(address, 'http://pipeline');
  for (const guard of ['dry_run', 'snapshot', 'rows', 'rows_limit', 'rows_cursor']) searchParams.delete(guard);
  const said = JSON.stringify([method, pathname, searchParams.toString(), isFile(body) ? body.format : (body ?? null)]);
  const hash = createHash('sha256').update(said);
  return (isFile(body) ? hash.update(body.bytes) : hash).digest('base64url');
}

function isFile(body: unknown): body is { format: string; bytes: Uint8Array } {
  return body !== null && typeof body === 'object' && 'bytes' in body && body.bytes instanceof Uint8Array;
}

/**
 * Takes the key for this transaction and looks for an earlier answer. null: nobody has used the key; what the caller
 * stores with `storeAnswer` commits together with its change.
 */
export async function takeKey(
  tx: Tx,
  actor: Actor,
  request: { key: string; hash: string },
): Promise<Result<StoredAnswer | null>> {
  if (!(await lockKey(tx, actor, request.key))) return fail('in_flight');
  const found = await findKey(tx, actor, request.key);
  if (found === null) return ok(null);
  if (found.isOld) {
    // Older than it is kept counts as never used.
    await tx.delete(idempotencyKeys).where(named(actor, request.key));
    return ok(null);
  }
  return found.requestHash === request.hash ? ok({ status: found.status, answer: found.answer }) : fail('key_reused');
}

/** Remembers the answer, in the change's own transaction. */
export async function storeAnswer(
  tx: Tx,
  actor: Actor,
  request: { key: string; hash: string } & StoredAnswer,
): Promise<void> {
  const { key, hash: requestHash, status, answer } = request;
  const values = { tenantId: actor.tenantId, userId: actor.userId, key, requestHash, status, answer };
  await tx.insert(idempotencyKeys).values(values);
}

/** The stored answer of a key, without acting. In flight: the change may yet happen, ask again. */
export async function recallKey(tx: Tx, actor: Actor, key: string): Promise<Result<StoredAnswer>> {
  if (!(await lockKey(tx, actor, key))) return fail('in_flight');
  const found = await findKey(tx, actor, key);
  if (found === null || found.isOld) return fail('not_found', 'Nothing was done under this key.');
  return ok({ status: found.status, answer: found.answer });
}

/** Two locks with the same key cannot be held at once; it is let go with the transaction, however that ends. */
async function lockKey(tx: Tx, actor: Actor, key: string): Promise<boolean> {
  const answer = await tx.execute<{ taken: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${`${actor.userId} ${key}`}, 0)) AS taken`,
  );
  return answer.rows[0]?.taken === true;
}

async function findKey(tx: Tx, actor: Actor, key: string) {
  const { requestHash, status, answer, createdAt } = idempotencyKeys;
  const isOld = sql<boolean>`${createdAt} <= now() - interval '30 days'`;
  const [row] = await tx.select({ requestHash, status, answer, isOld }).from(idempotencyKeys).where(named(actor, key));
  return row ?? null;
}

function named(actor: Actor, key: string) {
  return and(eq(idempotencyKeys.userId, actor.userId), eq(idempotencyKeys.key, key));
}
