import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import { z } from 'zod';
import type { JournalEntry, JournalWrite, Page, SessionToolCall, ToolCallState } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import { recordAudit } from '../audit/index.ts';
import type { Context } from '../context.ts';
import { countRows, cutPage, decodeCursor, instantKey, type PageRequest } from '../paging.ts';
import { isUuid } from '../sql.ts';
import { useGrant } from './grants.ts';
import { noSuchChat, tellChat } from './sessions.ts';
import { mayCallGo } from './states.ts';

const { toolCalls, chatMessages } = schema;

type CallRow = InferSelectModel<typeof toolCalls>;

/** The tool calls of these messages, by message, in order of position. */
export async function callsOf(tx: Tx, messageIds: readonly string[]): Promise<Map<string, JournalEntry[]>> {
  const found = new Map<string, JournalEntry[]>();
  if (messageIds.length === 0) return found;
  const rows = await tx
    .select()
    .from(toolCalls)
    .where(inArray(toolCalls.messageId, [...messageIds]))
    .orderBy(asc(toolCalls.position));
  for (const row of rows) found.set(row.messageId, [...(found.get(row.messageId) ?? []), presentCall(row)]);
  return found;
}

const callKey = z.tuple([instantKey, z.uuid()]);

/** The user's tool calls in a state, oldest first. Calls that leave the state meanwhile shift no page. */
export async function listCalls(
  { tx, actor }: Context,
  { state, ...page }: PageRequest & { state?: ToolCallState | undefined },
): Promise<Result<Page<SessionToolCall>>> {
  const cursor = decodeCursor(page.cursor, callKey);
  if (!cursor.ok) return cursor;
  const own = and(eq(toolCalls.userId, actor.userId), state === undefined ? undefined : eq(toolCalls.state, state));
  const after =
    cursor.value === null
      ? undefined
      : sql`(${toolCalls.createdAt}, ${toolCalls.id}) > (${cursor.value[0]}::timestamptz, ${cursor.value[1]}::uuid)`;
  const rows = await tx
    .select({
      call: toolCalls,
      sessionId: chatMessages.sessionId,
      createdAt: sql<string>`${toolCalls.createdAt}::text`,
    })
    .from(toolCalls)
    .innerJoin(chatMessages, eq(chatMessages.id, toolCalls.messageId))
    .where(and(own, after))
    .orderBy(asc(toolCalls.createdAt), asc(toolCalls.id))
    .limit(page.limit + 1);
  const cut = cutPage(rows, page.limit, {
    present: ({ call, sessionId }) => ({ ...presentCall(call), session_id: sessionId }),
    keyOf: ({ call, createdAt }) => [createdAt, call.id],
  });
  return ok({ ...cut, ...(await countRows(tx, sql`FROM ${toolCalls} WHERE ${own}`)) });
}

/** Writes a journal entry by compare-and-set: it must be in state `from` now, or not exist where that is null. */
export async function writeCall(context: Context, id: string, write: JournalWrite): Promise<Result<SessionToolCall>> {
  const sessionId = await sessionOf(context, write.message_id);
  if (sessionId === null) return noSuchChat();
  const granted = await useGrant(context, write, sessionId);
  if (!granted.ok) return granted;
  const written = write.from === null ? await insertCall(context, id, write) : await changeCall(context, id, write);
  if (!written.ok) return written;
  await auditEnd(context, write, written.value);
  await tellChat(context, sessionId);
  return ok({ ...presentCall(written.value), session_id: sessionId });
}

/**
 * What the assistant wanted and did not do is told by the journal alone, so it goes from here into the audit: a person or
 * policy rejected it, nobody decided in time, or no answer came back. What it did is audited by the change itself.
 */
async function auditEnd({ tx, actor }: Context, write: JournalWrite, { id, effect, tool }: CallRow): Promise<void> {
  const { state } = write;
  if (state === write.from || (state !== 'rejected' && state !== 'expired' && state !== 'unknown')) return;
  const order = write.arguments['order_id'];
  await recordAudit(
    { tx, actor: { ...actor, origin: `assistant; tool_call=${id}` } },
    {
      action: 'PUT /chat/tool-calls/{id}',
      summary: effect?.summary ?? tool,
      outcome: state,
      status: null,
      order: typeof order === 'string' ? order : null,
      idempotencyKey: write.idempotency_key,
    },
  );
}

/**
 * Lets a change of the assistant pass only while its journal says `running`, and keeps the entry there until the change is
 * made. A desk that slept through its lease can so not do late what was meanwhile put before a person again or called
 * off. A call that the journal does not know passes: not every client keeps one.
 */
export async function holdRunningCall({ tx, actor }: Context): Promise<Result<null>> {
  const id = /tool_call=([\w-]+)$/.exec(actor.origin)?.[1];
  if (id === undefined || !isUuid(id)) return ok(null);
  const [call] = await tx
    .select({ state: toolCalls.state })
    .from(toolCalls)
    .where(and(eq(toolCalls.id, id), eq(toolCalls.userId, actor.userId)))
    .for('share');
  if (call === undefined || call.state === 'running') return ok(null);
  return fail('call_not_running', undefined, { details: { state: call.state } });
}

async function insertCall({ tx, actor }: Context, id: string, write: JournalWrite): Promise<Result<CallRow>> {
  const [made] = await tx
    .insert(toolCalls)
    .values({ id, tenantId: actor.tenantId, userId: actor.userId, ...columnsOf(write) })
    .onConflictDoNothing()
    .returning();
  return made === undefined
    ? fail('state_conflict', 'This tool call, or another in its place, is in the journal already.')
    : ok(made);
}

/** One conditional update: of two desks that move the same call, one does. */
async function changeCall({ tx, actor }: Context, id: string, write: JournalWrite): Promise<Result<CallRow>> {
  const own = and(eq(toolCalls.id, id), eq(toolCalls.userId, actor.userId), eq(toolCalls.messageId, write.message_id));
  if (write.from !== null && mayCallGo(write.from, write.state)) {
    const isThere = and(own, eq(toolCalls.state, write.from));
    const [changed] = await tx.update(toolCalls).set(columnsOf(write)).where(isThere).returning();
    if (changed !== undefined) return ok(changed);
  }
  const [stored] = await tx.select({ state: toolCalls.state }).from(toolCalls).where(own);
  if (stored === undefined) return fail('not_found', 'There is no such tool call.');
  return fail('state_conflict', `The tool call is ${stored.state}.`, { details: { state: stored.state } });
}

async function sessionOf({ tx, actor }: Context, messageId: string): Promise<string | null> {
  const [row] = await tx
    .select({ sessionId: chatMessages.sessionId })
    .from(chatMessages)
    .where(and(eq(chatMessages.id, messageId), eq(chatMessages.userId, actor.userId)));
  return row?.sessionId ?? null;
}

function columnsOf(write: JournalWrite) {
  return {
    messageId: write.message_id,
    step: write.step,
    position: write.position,
    modelCallId: write.model_call_id,
    said: write.said,
    tool: write.tool,
    arguments: write.arguments,
    state: write.state,
    result: write.result ?? null,
    effect: write.effect,
    snapshot: write.snapshot,
    idempotencyKey: write.idempotency_key,
    decidedBy: write.decided_by,
    decidedAt: write.decided_at === null ? null : new Date(write.decided_at),
    expiresAt: write.expires_at === null ? null : new Date(write.expires_at),
  };
}

function presentCall(row: CallRow): JournalEntry {
  return {
    id: row.id,
    message_id: row.messageId,
    step: row.step,
    position: row.position,
    model_call_id: row.modelCallId,
    said: row.said,
    tool: row.tool,
    arguments: row.arguments,
    state: row.state,
    result: row.result,
    effect: row.effect,
    snapshot: row.snapshot,
    idempotency_key: row.idempotencyKey,
    decided_by: row.decidedBy,
    decided_at: row.decidedAt?.toISOString() ?? null,
    expires_at: row.expiresAt?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
  };
}
