import { and, eq, isNull, sql } from 'drizzle-orm';
import type { z } from 'zod';
import {
  limitReached,
  type MonthUsage,
  type SessionUsage,
  type settlementSchema,
  type Usage,
  type UsedTokens,
} from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { isUuid } from '../sql.ts';
import { readConfig } from '../tenants/index.ts';
import { monthIn } from '../time.ts';

const { usageReservations } = schema;

/**
 * A reservation that nobody settled within this time belongs to a desk that died: no model call lasts as long. It expires
 * and holds nothing any more; whoever settles it after all still counts.
 */
const FORGOTTEN = sql`now() - interval '1 hour'`;

/** What the tenant used and holds reserved in a month, this one unless another is asked for, in its own time zone. */
async function readUsage(tx: Tx, asked?: string): Promise<Usage> {
  const config = await readConfig(tx);
  const month = asked ?? monthIn(config.time_zone, new Date());
  const answer = await tx.execute<{ used: string; output: string; reserved: string; expired: string }>(sql`
    SELECT coalesce(sum(tokens), 0) AS used, coalesce(sum(output_tokens), 0) AS output,
      coalesce(sum(estimated_tokens) FILTER (WHERE tokens IS NULL AND created_at > ${FORGOTTEN}), 0) AS reserved,
      coalesce(sum(estimated_tokens) FILTER (WHERE tokens IS NULL AND created_at <= ${FORGOTTEN}), 0) AS expired
    FROM rd.usage_reservations WHERE month = ${month}`);
  const [row] = answer.rows;
  return {
    month,
    used_tokens: Number(row?.used ?? 0),
    output_tokens: Number(row?.output ?? 0),
    reserved_tokens: Number(row?.reserved ?? 0),
    expired_tokens: Number(row?.expired ?? 0),
    limit: config.monthly_token_limit,
    contact: config.ai_contact ?? null,
    price: config.token_price ?? null,
  };
}

/** The month's usage, and with it what one chat of the user and its newest answer took, whatever the month. */
export async function readChatUsage(
  { tx, actor }: Context,
  asked: { month?: string | undefined; session_id?: string | undefined },
): Promise<Usage> {
  const usage = await readUsage(tx, asked.month);
  if (asked.session_id === undefined) return usage;
  const answer = await tx.execute<{ used: string; output: string }>(sql`
    SELECT coalesce(sum(tokens), 0) AS used, coalesce(sum(output_tokens), 0) AS output
    FROM rd.usage_reservations
    WHERE user_id = ${actor.userId} AND session_id = ${asked.session_id} AND tokens IS NOT NULL
    GROUP BY message_id ORDER BY max(created_at) DESC`);
  const answers = answer.rows.map(({ used, output }): UsedTokens => {
    return { used_tokens: Number(used), output_tokens: Number(output) };
  });
  const chat = answers.reduce(
    (sum, each) => ({
      used_tokens: sum.used_tokens + each.used_tokens,
      output_tokens: sum.output_tokens + each.output_tokens,
    }),
    { used_tokens: 0, output_tokens: 0 },
  );
  return { ...usage, chat, ...(answers[0] ? { answer: answers[0] } : {}) };
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
    return fail('token_limit_reached', limitReached(before), { details: { usage: before } });
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
  settlement: z.output<typeof settlementSchema>,
): Promise<Result<{ id: string; usage: Usage }>> {
  if (!isUuid(id)) return fail('not_found', 'There is no such reservation.');
  const own = and(eq(usageReservations.id, id), eq(usageReservations.userId, actor.userId));
  const found = await tx.select({ id: usageReservations.id }).from(usageReservations).where(own);
  if (found.length === 0) return fail('not_found', 'There is no such reservation.');
  const messageId = settlement.message_id ?? null;
  const sessionId = sql`(SELECT session_id FROM rd.chat_messages WHERE id = ${messageId}::uuid AND user_id = ${actor.userId})`;
  await tx
    .update(usageReservations)
    .set({
      tokens: settlement.tokens,
      outputTokens: settlement.output_tokens ?? null,
      isEstimate: settlement.estimated,
      messageId,
      sessionId,
    })
    .where(and(own, isNull(usageReservations.tokens)));
  return ok({ id, usage: await readUsage(tx) });
}

/** What was used month by month, the newest first: by the tenant, and of it by the user. */
export async function usageByMonth({ tx, actor }: Context): Promise<MonthUsage[]> {
  const answer = await tx.execute<{ month: string; used: string; own: string }>(sql`
    SELECT month, coalesce(sum(tokens), 0) AS used,
      coalesce(sum(tokens) FILTER (WHERE user_id = ${actor.userId}), 0) AS own
    FROM rd.usage_reservations GROUP BY month ORDER BY month DESC`);
  return answer.rows.map(({ month, used, own }) => ({ month, used_tokens: Number(used), own_tokens: Number(own) }));
}

/** What each chat of the user took in a month, the most first. A deleted chat still counts, without its title. */
export async function usageBySession({ tx, actor }: Context, asked: string | undefined): Promise<SessionUsage[]> {
  const month = asked ?? monthIn((await readConfig(tx)).time_zone, new Date());
  const answer = await tx.execute<{ id: string | null; title: string | null; used: string; calls: number }>(sql`
    SELECT u.session_id AS id, s.title, sum(u.tokens) AS used, count(*)::integer AS calls
    FROM rd.usage_reservations u LEFT JOIN rd.chat_sessions s ON s.id = u.session_id
    WHERE u.user_id = ${actor.userId} AND u.month = ${month} AND u.tokens IS NOT NULL
    GROUP BY u.session_id, s.title ORDER BY sum(u.tokens) DESC, u.session_id`);
  return answer.rows.map(({ id, title, used, calls }) => ({
    session_id: id,
    title,
    used_tokens: Number(used),
    calls,
  }));
}
