import type { StoredMessage } from '../../shared/domain/index.ts';
import type { Result } from '../../shared/errors/index.ts';
import type { ChatDeps } from './chat.ts';
import { findTurn } from './find-turn.ts';
import { isLeft, reconcileTurn } from './reconcile.ts';

/** The messages of a session. A turn whose desk died is found here and brought to a state a person can act on. */
export async function readSession(sessionId: string, deps: ChatDeps): Promise<Result<StoredMessage[]>> {
  const messages = await deps.store.messages(sessionId);
  if (!messages.ok) return messages;
  const left = messages.value.filter((message) => isLeftHere(message, deps));
  for (const { id } of left) {
    const settled = await deps.live.oneAtATime(id, () => settleLeft(sessionId, id, deps));
    if (!settled.ok) return settled;
  }
  return left.length === 0 ? messages : deps.store.messages(sessionId);
}

/**
 * Reconciles one turn where nobody goes on with it, and gives the session's messages as they are then. For whoever has
 * the turn to itself (`oneAtATime`): its state is read anew.
 */
export async function settleLeft(
  sessionId: string,
  messageId: string,
  deps: ChatDeps,
): Promise<Result<StoredMessage[]>> {
  const messages = await deps.store.messages(sessionId);
  if (!messages.ok) return messages;
  const message = messages.value.find(({ id }) => id === messageId);
  if (!message || !isLeftHere(message, deps)) return messages;
  const rules = await deps.rules();
  if (!rules.ok) return rules;
  const turn = await findTurn(messages.value, messageId, deps);
  if (!turn.ok) {
    deps.log(`turn ${messageId} not reconciled: ${turn.failure.message}`);
    return messages;
  }
  const { store, client, deskId, log } = deps;
  const reconciled = await reconcileTurn(turn.value, { store, client, deskId, log, rules: rules.value });
  if (!reconciled.ok) log(`turn ${messageId} not reconciled: ${reconciled.failure.message}`);
  // Another desk may have been faster: what is stored is the truth.
  return store.messages(sessionId);
}

function isLeftHere(message: StoredMessage, deps: ChatDeps): boolean {
  return isLeft(message, Date.now()) && !deps.live.ofMessage(message.id);
}
