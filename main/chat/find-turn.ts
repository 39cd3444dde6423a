import type { Me, SessionToolCall, StoredMessage } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { Turn } from '../agent/index.ts';
import type { PipelineClient } from '../pipeline/index.ts';
import { standing } from './standing.ts';

/** A call that waits for a person, found by its id among the user's. */
export async function findAwaiting(id: string, client: PipelineClient): Promise<Result<SessionToolCall>> {
  const awaiting = await client.chat.toolCalls('awaiting');
  if (!awaiting.ok) return awaiting;
  const call = awaiting.value.find((each) => each.id === id);
  return call ? ok(call) : fail('approval_gone');
}

/** A stored turn as one that can go on: its two messages, what was said before, and what the user had open. */
export async function findTurn(
  messages: readonly StoredMessage[],
  assistantId: string,
  surroundings: { me: Me; client: PipelineClient },
): Promise<Result<Turn>> {
  const at = messages.findIndex((message) => message.id === assistantId);
  const assistant = messages[at];
  const userAt = messages.slice(0, Math.max(at, 0)).findLastIndex((message) => message.role === 'user');
  const user = messages[userAt];
  if (!assistant || !user) return fail('not_found');
  let context = await turnContext(user.selection_id, surroundings);
  // A turn that was begun goes on, or comes to its end, without the list that has run out meanwhile.
  if (!context.ok && context.failure.code === 'selection_expired')
    context = ok({ me: surroundings.me, selection: null });
  if (!context.ok) return context;
  return ok({ user, assistant, before: standing(messages.slice(0, userAt)), context: context.value });
}

/** Who writes, and the product list that goes with the message; a list that is gone is said so. */
export async function turnContext(
  selectionId: string | null | undefined,
  { me, client }: { me: Me; client: PipelineClient },
): Promise<Result<Turn['context']>> {
  if (!selectionId) return ok({ me, selection: null });
  const selection = await client.read.selection(selectionId);
  if (!selection.ok) return selection.failure.code === 'not_found' ? fail('selection_expired') : selection;
  return ok({ me, selection: selection.value });
}
