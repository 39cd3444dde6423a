import { and, eq, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { ChatSession, MessageStatus, Page, SessionChange } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema, type Tx } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { tell } from '../events/outbox.ts';
import { countRows, cutPage, decodeCursor, instantKey, type PageRequest } from '../paging.ts';
import { json, likeLiteral } from '../sql.ts';

const { chatSessions } = schema;
const cursorKey = z.tuple([z.union([z.literal(0), z.literal(1)]), instantKey, z.uuid()]);
const createdKey = z.tuple([instantKey, z.uuid()]);

interface SessionRow extends Record<string, unknown> {
  id: string;
  title: string;
  pinned: boolean;
  created_at: string;
  updated_at: string;
  last_message: string | null;
  message_count: number;
  last_role: string | null;
  last_status: MessageStatus | null;
  last_held: boolean | null;
  seen: boolean;
  pin_rank: number;
  updated_key: string;
  created_key: string;
}

/** What is looked for among chats, and in which order. */
export interface SessionFilter {
  sort: 'updated' | 'created';
  text?: string | undefined;
}

/** The user's own chats: pinned ones first, then the latest; or by creation, the newest first. */
export async function listSessions(
  context: Context,
  { sort, text, ...page }: SessionFilter & PageRequest,
): Promise<Result<Page<ChatSession>>> {
  if (sort === 'created') return await listByCreation(context, text, page);
  const cursor = decodeCursor(page.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  const after =
    cursor.value === null
      ? sql`true`
      : sql`(s.pinned::integer, s.updated_at, s.id) < (${cursor.value[0]}::integer, ${cursor.value[1]}::timestamptz, ${cursor.value[2]}::uuid)`;
  const own = ownSessions(context, text);
  const rows = await context.tx.execute<SessionRow>(sql`
    ${selectSessions} WHERE ${own} AND ${after}
    ORDER BY s.pinned::integer DESC, s.updated_at DESC, s.id DESC LIMIT ${page.limit + 1}`);
  const cut = cutPage(rows.rows, page.limit, {
    present: presentSession,
    keyOf: (row) => [row.pin_rank, row.updated_key, row.id],
  });
  return ok({ ...cut, ...(await countRows(context.tx, sql`FROM rd.chat_sessions s WHERE ${own}`)) });
}

/** By what never changes, so that no chat is lost between pages while others are written. */
async function listByCreation(
  context: Context,
  text: string | undefined,
  page: PageRequest,
): Promise<Result<Page<ChatSession>>> {
  const cursor = decodeCursor(page.cursor, createdKey);
  if (!cursor.ok) return cursor;
  const after =
    cursor.value === null
      ? sql`true`
      : sql`(s.created_at, s.id) < (${cursor.value[0]}::timestamptz, ${cursor.value[1]}::uuid)`;
  const own = ownSessions(context, text);
  const rows = await context.tx.execute<SessionRow>(sql`
    ${selectSessions} WHERE ${own} AND ${after} ORDER BY s.created_at DESC, s.id DESC LIMIT ${page.limit + 1}`);
  const cut = cutPage(rows.rows, page.limit, { present: presentSession, keyOf: (row) => [row.created_key, row.id] });
  return ok({ ...cut, ...(await countRows(context.tx, sql`FROM rd.chat_sessions s WHERE ${own}`)) });
}

/** Which chats: the user's, with the text in their title or one of their messages. */
function ownSessions({ actor }: Context, text = ''): SQL {
  const own = sql`s.user_id = ${actor.userId}`;
  if (text.trim() === '') return own;
  const pattern = `%${likeLiteral(text.trim())}%`;
  return sql`${own} AND (s.title ILIKE ${pattern} OR EXISTS (
    SELECT 1 FROM rd.chat_messages m WHERE m.session_id = s.id AND m.content ILIKE ${pattern}))`;
}

/** The last message a chat stands at, and how many there are; what was replaced does not count. */
const selectSessions = sql`SELECT s.id, s.title, s.pinned, s.created_at, s.updated_at, s.pinned::integer AS pin_rank,
  s.updated_at::text AS updated_key, s.created_at::text AS created_key, s.read_at >= s.updated_at AS seen,
  (SELECT count(*)::integer FROM rd.chat_messages m WHERE m.session_id = s.id AND NOT m.superseded) AS message_count,
  last.last_message, last.last_role, last.last_status, last.last_held
  FROM rd.chat_sessions s LEFT JOIN LATERAL (
  SELECT left(m.content, 200) AS last_message, m.role AS last_role, m.status AS last_status,
    m.lease_until > now() AS last_held
  FROM rd.chat_messages m WHERE m.session_id = s.id AND NOT m.superseded ORDER BY m.seq DESC LIMIT 1) last ON true`;

/** One chat of the user. */
export async function readSession({ tx, actor }: Context, id: string): Promise<Result<ChatSession>> {
  const found = await tx.execute<SessionRow>(sql`${selectSessions} WHERE s.id = ${id} AND s.user_id = ${actor.userId}`);
  const [row] = found.rows;
  return row === undefined ? noSuchChat() : ok(presentSession(row));
}

/** Renames or pins a chat of the user, or takes it for read. */
export async function changeSession(
  context: Context,
  id: string,
  { read, ...change }: SessionChange,
): Promise<Result<ChatSession>> {
  const { tx, actor } = context;
  const readAt = read === true ? { readAt: sql`now()` } : {};
  await tx
    .update(chatSessions)
    .set({ ...change, ...readAt, updatedAt: sql`${chatSessions.updatedAt}` })
    .where(ownSession(actor.userId, id));
  const changed = await readSession(context, id);
  if (changed.ok) await tellChat(context, id);
  return changed;
}

/** Deletes a chat of the user with all its messages and tool calls. */
export async function deleteSession(context: Context, id: string): Promise<Result<{ deleted: boolean }>> {
  const { tx, actor } = context;
  const gone = await tx.delete(chatSessions).where(ownSession(actor.userId, id)).returning({ id: chatSessions.id });
  if (gone.length === 0) return noSuchChat();
  await tellChat(context, id);
  return ok({ deleted: true });
}

/** Is this a chat of that user? Another user's chat is none, like another tenant's. */
export async function isOwnSession(tx: Tx, userId: string, id: string): Promise<boolean> {
  const rows = await tx.select({ id: chatSessions.id }).from(chatSessions).where(ownSession(userId, id));
  return rows.length > 0;
}

/** Tells that something in a chat changed. */
export async function tellChat({ tx, actor }: Context, sessionId: string): Promise<void> {
  await tell(tx, actor.tenantId, { type: 'chat.changed', user_id: actor.userId, session_id: sessionId });
}

/** Moves a chat to the top of the list and tells of it, in one statement. */
export async function touchSession({ tx, actor }: Context, sessionId: string): Promise<void> {
  const event = { type: 'chat.changed', user_id: actor.userId, session_id: sessionId };
  await tx.execute(sql`
    WITH touched AS (UPDATE rd.chat_sessions SET updated_at = now() WHERE id = ${sessionId})
    INSERT INTO rd.outbox (tenant_id, event) VALUES (${actor.tenantId}, ${json(event)})`);
}

/** The failure of a chat that is not the user's. */
export function noSuchChat(): Result<never> {
  return fail('not_found', 'There is no such chat.');
}

function ownSession(userId: string, id: string) {
  return and(eq(chatSessions.id, id), eq(chatSessions.userId, userId));
}

function presentSession(row: SessionRow): ChatSession {
  return {
    session_id: row.id,
    title: row.title,
    pinned: row.pinned,
    state: stateOf(row),
    unread: !row.seen && row.last_role === 'assistant' && row.last_status !== 'running',
    last_message: row.last_message ?? '',
    message_count: row.message_count,
    created_at: new Date(row.created_at).toISOString(),
    updated_at: new Date(row.updated_at).toISOString(),
  };
}

/** An answer whose desk died is not being made any more; whoever opens its chat brings it to its end. */
function stateOf({ last_status, last_held }: SessionRow): ChatSession['state'] {
  if (last_status === 'waiting') return 'waiting';
  return last_status === 'running' && last_held === true ? 'running' : 'idle';
}
