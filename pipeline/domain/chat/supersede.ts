import { and, asc, eq, gte, inArray } from 'drizzle-orm';
import type { InferSelectModel } from 'drizzle-orm';
import {
  isFinalToolCallState,
  mayHaveChanged,
  type JournalEntry,
  type MessageWrite,
} from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import type { Context } from '../context.ts';
import { titleOf } from './title.ts';
import { callsOf } from './tool-calls.ts';

const { chatMessages, chatSessions } = schema;

type MessageRow = InferSelectModel<typeof chatMessages>;

/**
 * Takes what a new message stands in for out of its chat: the user's last message with its answers, or the last answer.
 * Only what is over can be replaced, and an answer only where it changed nothing. It stays on record as superseded.
 */
export async function supersede(context: Context, write: MessageWrite): Promise<Result<undefined>> {
  const { replaces } = write;
  if (!replaces) return ok(undefined);
  const { tx, actor } = context;
  const [target] = await tx.select().from(chatMessages).where(eq(chatMessages.id, replaces)).for('update');
  if (
    !target ||
    target.userId !== actor.userId ||
    target.sessionId !== write.session_id ||
    target.role !== write.role
  ) {
    return fail('not_found', 'There is no such message in this chat.');
  }
  const rest = await tx
    .select()
    .from(chatMessages)
    .where(
      and(
        eq(chatMessages.sessionId, target.sessionId),
        eq(chatMessages.superseded, false),
        gte(chatMessages.seq, target.seq ?? 0),
      ),
    )
    .orderBy(asc(chatMessages.seq))
    .for('update');
  const calls = [...(await callsOf(tx, rest.map(idOf))).values()].flat();
  const refused = refusal(target, rest, calls);
  if (refused !== undefined) return refused;
  await tx
    .update(chatMessages)
    .set({ superseded: true })
    .where(inArray(chatMessages.id, rest.map(idOf)));
  if (target.role === 'user') await retitle(context, target, write.content);
  return ok(undefined);
}

/** Why what follows `target` can't be replaced; `rest` is it and everything after it that still stands. */
function refusal(
  target: MessageRow,
  rest: readonly MessageRow[],
  calls: readonly JournalEntry[],
): Result<never> | undefined {
  const [first, ...later] = rest;
  if (first?.id !== target.id || later.some(({ role }) => role !== 'assistant')) {
    return fail('state_conflict', 'Only the last message of a chat can be replaced.');
  }
  const isOpen = rest.some(({ status }) => status === 'running' || status === 'waiting');
  if (isOpen || calls.some(({ state }) => !isFinalToolCallState(state))) return fail('turn_running');
  if (target.role !== 'user' && calls.some(mayHaveChanged)) {
    return fail(
      'state_conflict',
      'This answer changed something, so it is not made again. Send a new message instead.',
    );
  }
  return undefined;
}

/** A chat that is still named after its first message is named after what that is now. */
async function retitle({ tx }: Context, first: MessageRow, content: string): Promise<void> {
  await tx
    .update(chatSessions)
    .set({ title: titleOf(content) })
    .where(and(eq(chatSessions.id, first.sessionId), eq(chatSessions.title, titleOf(first.content))));
}

function idOf({ id }: MessageRow): string {
  return id;
}
