import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Usage } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { isUuid } from '../sql.ts';
import { readConfig } from '../tenants/index.ts';
import { monthIn } from '../time.ts';

const { usageReservations } = schema;

/** A reservation nobody settled within this time belongs to a desk that died; its estimate counts as used. */
const FORGOTTEN = sql`now() - interval '1 hour'`;

/** What the tenant used and holds reserved this month, in its own time zone. */
export async function readUsage(tx: Tx): Promise<Usage> {
  const config = await readConfig(tx);
  const month = monthIn(config.time_zone, new Date());
  const answer = await tx.execute<{ used: string; reserved: string }>(sql`
    SELECT coalesce(sum(coalesce(tokens, estimated_tokens)) FILTER (WHERE NOT open), 0) AS used,
           coalesce(sum(estimated_tokens) FILTER (WHERE open), 0) AS reserved
    FROM (SELECT *, tokens IS NULL AND created_at > ${FORGOTTEN} AS open FROM rd.usage_reservations
          WHERE month = ${month}) counted`);
  const [row] = answer.rows;
  return {
    month,
    used_tokens: Number(row?.used ?? 0),
    reserved_tokens: Number(row?.reserved ?? 0),
    limit: config.monthly_token_limit,
  };
}

/**
 * Reserves an estimate before a model call. The tenant's settings row is held, so that reservations of all its
 * operators are counted one after the other and the limit holds across them.
 */
export async function reserve(
  { tx, actor }: Context,
  estimatedTokens: number,
): Promise<Result<{ id: string; usage: Usage }>> {
  const config = await readConfig(tx, true);
  if (!config.ai_enabled) return fail('ai_disabled');
  const before = await readUsage(tx);
  if (before.limit !== null && before.used_tokens + before.reserved_tokens + estimatedTokens > before.limit) {
    return fail('token_limit_reached', undefined, { details: { usage: before } });
  }
  const [row] = await tx
    .insert(usageReservations)
    .values({ tenantId: actor.tenantId, userId: actor.userId, month: before.month, estimatedTokens })
    .returning({ id: usageReservations.id });
  if (row === undefined) throw new Error('No reservation was made.');
  return ok({ id: row.id, usage: { ...before, reserved_tokens: before.reserved_tokens + estimatedTokens } });
}

/** Settles a reservation of the user with what the model really charged; a second settlement changes nothing. */
export async function settle(
  { tx, actor }: Context,
  id: string,
  settlement: { tokens: number; estimated: boolean; message_id?: string | undefined },
): Promise<Result<{ id: string; usage: Usage }>> {
  if (!isUuid(id)) return fail('not_found', 'There is no such reservation.');
  const own = and(eq(usageReservations.id, id), eq(usageReservations.userId, actor.userId));
  const found = await tx.select({ id: usageReservations.id }).from(usageReservations).where(own);
  if (found.length === 0) return fail('not_found', 'There is no such reservation.');
  await tx
    .update(usageReservations)
    .set({ tokens: settlement.tokens, isEstimate: settlement.estimated, messageId: settlement.message_id ?? null })
    .where(and(own, isNull(usageReservations.tokens)));
  return ok({ id, usage: await readUsage(tx) });
}
