import type { TurnEvent, TurnOutcome, UndoRequest } from '../../shared/contract/index.ts';
import type { JournalEntry, StoredMessage } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { createEntry, newEntry, prepareCall, toolsOf, type Turn } from '../agent/index.ts';
import type { ChatDeps } from './chat.ts';
import { CLICK, clickAnswer, clickMeter } from './click-turn.ts';
import { readSession } from './read-session.ts';
import { runLive } from './run-live.ts';
import { recordTurn, saveQuestion } from './send.ts';
import { standing } from './standing.ts';
import { endTurn } from './turn-record.ts';
import { turnStore } from './turn-store.ts';

/**
 * Takes a change back by a click on its card: a turn of its own with one call of `undo_action`, which goes through the same
 * dry run, approval and journal as if the model had made it.
 */
export function undo(
  { session_id, id }: UndoRequest,
  deps: ChatDeps,
  onEvent: (event: TurnEvent) => void,
): Promise<Result<TurnOutcome>> {
  return deps.live.alone(session_id, async () => {
    const [rules, before] = await Promise.all([deps.rules(), readSession(session_id, deps)]);
    if (!rules.ok) return rules;
    if (!before.ok) return before;
    if (before.value.some(({ status }) => status === 'running')) return fail('turn_running');
    const action = undoable(before.value, id, deps);
    if (!action.ok) return action;
    const started = await begin(session_id, action.value, before.value, deps);
    if (!started.ok) return started;
    const { turn, record } = started.value;
    const options = { ask: clickAnswer, meter: clickMeter, rules: rules.value, record, sessionId: session_id, onEvent };
    return ok(await runLive(turn, deps.liveDeps(options)));
  });
}

/** The change, where it can be taken back: the tool itself says so. */
function undoable(messages: readonly StoredMessage[], id: string, { me }: ChatDeps): Result<JournalEntry> {
  const past = messages.flatMap((message) => message.tool_calls);
  const action = past.find((call) => call.id === id);
  if (!action) return fail('not_found');
  const prepared = prepareCall({ tool: 'undo_action', arguments: { id } }, toolsOf(me.user.role), past);
  return prepared.ok ? ok(action) : prepared;
}

async function begin(
  session_id: string,
  action: JournalEntry,
  before: readonly StoredMessage[],
  deps: ChatDeps,
): Promise<Result<{ turn: Turn; record: Promise<Result<StoredMessage>> }>> {
  const content = `Undo: ${action.effect?.summary ?? action.tool}`.slice(0, 1000);
  const token_count = await deps.counter.count(content);
  const user = await saveQuestion({ session_id, content, token_count }, deps);
  if (!user.ok) return user;
  const { assistant, record } = recordTurn(session_id, deps);
  const turn: Turn = {
    user: user.value,
    assistant,
    before: standing(before),
    context: { me: deps.me, selection: null },
  };
  const place = { step: 0, position: 0, model_call_id: CLICK, said: null };
  const entry = newEntry(turn, { ...place, tool: 'undo_action', arguments: { id: action.id } });
  const journaled = await createEntry(turnStore(deps.store, record), turn, entry);
  if (journaled.ok) return ok({ turn, record });
  // Without its call the turn is nothing that could go on, and must not keep the chat until its lease is over.
  const end = { status: 'failed' as const, error: journaled.failure, desk_id: deps.deskId };
  const ended = await endTurn(deps.store, turn, end);
  if (!ended.ok) deps.log(`end of a turn not stored: ${ended.failure.message}`);
  return journaled;
}
