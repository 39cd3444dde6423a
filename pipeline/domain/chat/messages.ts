import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import { z } from 'zod';
import type { MessageWrite, Page, StoredMessage } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { countRows, cutPage, decodeCursor, type PageRequest } from '../paging.ts';
import { isOwnSession, noSuchChat, touchSession } from './sessions.ts';
import { mayWrite } from './states.ts';
import { supersede } from './supersede.ts';
import { titleOf } from './title.ts';
import { callsOf } from './tool-calls.ts';

const { chatMessages, chatSessions } = schema;
const cursorKey = z.tuple([z.number().int()]);

type MessageRow = InferSelectModel<typeof chatMessages>;

/** Messages of a chat, oldest first: the newest page and from there to older ones, or from the oldest on to newer ones. */
export async function listMessages(
  { tx, actor }: Context,
  sessionId: string,
  { from, ...page }: PageRequest & { from: 'newest' | 'oldest' },
): Promise<Result<Page<StoredMessage>>> {
  const cursor = decodeCursor(page.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  if (!(await isOwnSession(tx, actor.userId, sessionId))) return noSuchChat();
  const own = eq(chatMessages.sessionId, sessionId);
  const [beyond, order] = from === 'newest' ? [lt, desc] : [gt, asc];
  const rows = await tx
    .select()
    .from(chatMessages)
    .where(cursor.value === null ? own : and(own, beyond(chatMessages.seq, cursor.value[0])))
    .orderBy(order(chatMessages.seq))
    .limit(page.limit + 1);
  const calls = await callsOf(
    tx,
    rows.map((row) => row.id),
  );
  const cut = cutPage(rows, page.limit, {
    present: (row) => ({ ...presentMessage(row), tool_calls: calls.get(row.id) ?? [] }),
    keyOf: (row) => [row.seq ?? 0],
  });
  const total = await countRows(tx, sql`FROM ${chatMessages} WHERE ${own}`);
  return ok({ items: from === 'newest' ? cut.items.reverse() : cut.items, next_cursor: cut.next_cursor, ...total });
}

/** Stores a message: makes it, and its chat with the first one, or changes it. */
export async function writeMessage(context: Context, id: string, write: MessageWrite): Promise<Result<StoredMessage>> {
  const { tx, actor } = context;
  const [stored] = await tx.select().from(chatMessages).where(eq(chatMessages.id, id)).for('update');
  if (stored === undefined) return await insertMessage(context, id, write);
  if (stored.userId !== actor.userId || stored.sessionId !== write.session_id) {
    return fail('not_found', 'There is no such message in this chat.');
  }
  if (!mayWrite(stored, write.desk_id, new Date())) {
    return fail('state_conflict', 'Another desk holds this turn.', {
      details: { status: stored.status, desk_id: stored.deskId, lease_until: stored.leaseUntil?.toISOString() ?? null },
    });
  }
  const [changed] = await tx.update(chatMessages).set(columnsOf(write)).where(eq(chatMessages.id, id)).returning();
  if (changed === undefined) throw new Error('The message is gone.');
  // A renewed lease is nothing a window shows.
  if (changed.status !== stored.status || changed.content !== stored.content)
    await touchSession(context, write.session_id);
  return ok(await complete(context, changed));
}

async function insertMessage(context: Context, id: string, write: MessageWrite): Promise<Result<StoredMessage>> {
  const { tx, actor } = context;
  if (!(await ownOrNewSession(context, write))) return noSuchChat();
  const replaced = await supersede(context, write);
  if (!replaced.ok) return replaced;
  const [made] = await tx
    .insert(chatMessages)
    .values({ id, tenantId: actor.tenantId, userId: actor.userId, ...columnsOf(write) })
    .onConflictDoNothing()
    .returning();
  if (made === undefined) return await takenId(context, id);
  await touchSession(context, write.session_id);
  return ok({ ...presentMessage(made), tool_calls: [] });
}

/** The id is there already: written by the user a moment ago, or somebody else's, of which nothing is told. */
async function takenId({ tx, actor }: Context, id: string): Promise<Result<never>> {
  const [own] = await tx
    .select({ id: chatMessages.id })
    .from(chatMessages)
    .where(and(eq(chatMessages.id, id), eq(chatMessages.userId, actor.userId)));
  return own === undefined
    ? fail('not_found', 'There is no such message in this chat.')
    : fail('state_conflict', 'This message was written a moment ago. Read it and decide again.');
}

/**
 * Makes the chat with its first message, which is a person's: an answer that comes after its chat was deleted does not
 * bring it back. Says whether the chat is the user's.
 */
async function ownOrNewSession({ tx, actor }: Context, write: MessageWrite): Promise<boolean> {
  if (await isOwnSession(tx, actor.userId, write.session_id)) return true;
  if (write.role === 'assistant') return false;
  const made = await tx
    .insert(chatSessions)
    .values({ id: write.session_id, tenantId: actor.tenantId, userId: actor.userId, title: titleOf(write.content) })
    .onConflictDoNothing()
    .returning({ id: chatSessions.id });
  // Taken: by somebody else, or by the user's own other message a moment ago.
  return made.length > 0 || (await isOwnSession(tx, actor.userId, write.session_id));
}

async function complete({ tx }: Context, row: MessageRow): Promise<StoredMessage> {
  return { ...presentMessage(row), tool_calls: (await callsOf(tx, [row.id])).get(row.id) ?? [] };
}

function columnsOf(write: MessageWrite) {
  return {
    sessionId: write.session_id,
    role: write.role,
    content: write.content,
    contextType: write.context_type,
    contextId: write.context_id,
    selectionId: write.selection_id,
    tokenCount: write.token_count,
    status: write.status,
    error: write.error,
    deskId: write.desk_id,
    leaseUntil: write.lease_until === null ? null : new Date(write.lease_until),
  };
}

function presentMessage(row: MessageRow): Omit<StoredMessage, 'tool_calls'> {
  return {
    id: row.id,
    session_id: row.sessionId,
    role: row.role,
    content: row.content,
    context_type: row.contextType,
    context_id: row.contextId,
    selection_id: row.selectionId,
    token_count: row.tokenCount,
    status: row.status,
    error: row.error,
    desk_id: row.deskId,
    lease_until: row.leaseUntil?.toISOString() ?? null,
    created_at: row.createdAt.toISOString(),
    superseded: row.superseded,
  };
}
