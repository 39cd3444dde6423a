import type { Decision, TurnEvent, TurnOutcome } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { AskModel, Turn } from '../agent/index.ts';
import type { ChatDeps } from './chat.ts';
import { awaitingCall, decideCall } from './decide-call.ts';
import { findTurn } from './find-turn.ts';
import { readSession } from './read-session.ts';
import { runLive } from './run-live.ts';
import { holdTurn } from './turn-record.ts';
import { outcomeOf } from './views.ts';

/** A person's decision on a waiting change, and the turn from there to its next end or wait. */
export async function decide(
  id: string,
  decision: Decision,
  deps: ChatDeps,
  onEvent: (event: TurnEvent) => void,
): Promise<Result<TurnOutcome>> {
  const rules = await deps.rules();
  if (!rules.ok) return rules;
  const found = await findAwaiting(id, deps);
  if (!found.ok) return found;
  const turn = found.value;
  const call = awaitingCall(turn, id);
  if (!call.ok) return call;
  const sessionId = turn.assistant.session_id;
  const notify = deps.notifier(sessionId, onEvent);
  const decided = await decideCall(turn, call.value, decision, { store: deps.store, pipeline: deps.client, notify });
  if (!decided.ok) return decided;
  // Edited: it waits again, with its new effect.
  if (decided.value.state === 'awaiting') return ok(outcomeOf(turn));

  const record = holdTurn(deps.store, turn, deps.deskId);
  const ask = await modelOrFailure(deps);
  return ok(await runLive(turn, deps.liveDeps({ ask, rules: rules.value, record, sessionId, onEvent })));
}

async function findAwaiting(id: string, deps: ChatDeps): Promise<Result<Turn>> {
  const awaiting = await deps.client.chat.toolCalls('awaiting');
  if (!awaiting.ok) return awaiting;
  const call = awaiting.value.find((each) => each.id === id);
  if (!call) return fail('approval_gone');
  if (deps.live.ofMessage(call.message_id)) return fail('turn_running');
  const messages = await readSession(call.session_id, deps);
  return messages.ok ? findTurn(messages.value, call.message_id, deps) : messages;
}

/** A decision counts even where no model can be asked any more: the change is done, then the turn says why it ends. */
async function modelOrFailure(deps: ChatDeps): Promise<AskModel> {
  const model = await deps.model();
  return model.ok ? model.value : () => Promise.resolve(model);
}
