import type { StoredMessage } from '../../shared/domain/index.ts';
import { ok, type Result } from '../../shared/errors/index.ts';
import type { ChatDeps } from './chat.ts';
import { findTurn } from './find-turn.ts';
import { isLeft, reconcileTurn } from './reconcile.ts';

/** The messages of a session. A turn whose desk died is found here and brought to a state a person can act on. */
export async function readSession(sessionId: string, deps: ChatDeps): Promise<Result<StoredMessage[]>> {
  const messages = await deps.store.messages(sessionId);
  if (!messages.ok) return messages;
  const dead = messages.value.filter((message) => isLeft(message, Date.now()) && !deps.live.ofMessage(message.id));
  if (dead.length === 0) return messages;
  const rules = await deps.rules();
  if (!rules.ok) return rules;
  for (const { id } of dead) {
    const turn = await findTurn(messages.value, id, deps);
    // A turn whose product list is gone meanwhile is reconciled without it.
    if (!turn.ok) {
      deps.log(`turn ${id} not reconciled: ${turn.failure.message}`);
      continue;
    }
    const { store, client, deskId, log } = deps;
    const reconciled = await reconcileTurn(turn.value, { store, client, deskId, log, rules: rules.value });
    if (!reconciled.ok) deps.log(`turn ${id} not reconciled: ${reconciled.failure.message}`);
  }
  return ok(messages.value);
}
