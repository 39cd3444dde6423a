import { randomUUID } from 'node:crypto';
import type { TurnEvent, TurnOutcome } from '../../shared/contract/index.ts';
import { mayHaveChanged, type StoredMessage } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { ChatDeps } from './chat.ts';
import { CLICK } from './click-turn.ts';
import { turnContext } from './find-turn.ts';
import { readSession } from './read-session.ts';
import { runLive } from './run-live.ts';
import { standing } from './standing.ts';
import { turnMessage } from './turn-record.ts';

/** Makes the last answer of a chat anew: a turn of the same question in its place. Refused where it changed something. */
export function regenerate(
  sessionId: string,
  deps: ChatDeps,
  onEvent: (event: TurnEvent) => void,
): Promise<Result<TurnOutcome>> {
  return deps.live.alone(sessionId, async () => {
    const [ask, rules, limit, messages] = await Promise.all([
      deps.model(),
      deps.rules(),
      deps.meter.check(),
      readSession(sessionId, deps),
    ]);
    if (!ask.ok) return ask;
    if (!rules.ok) return rules;
    if (!limit.ok) return limit;
    if (!messages.ok) return messages;
    const found = lastTurn(messages.value);
    if (!found.ok) return found;
    const { user, answer, before } = found.value;
    const context = await turnContext(user.selection_id, deps);
    if (!context.ok) return context;
    const write = { ...turnMessage(sessionId, deps.deskId), replaces: answer.id };
    // Stored before anything runs: of two windows that ask at once one makes it anew.
    const assistant = await deps.store.saveMessage(randomUUID(), write);
    if (!assistant.ok) return assistant;
    const turn = { user, assistant: assistant.value, before, context: context.value };
    const record = Promise.resolve(assistant);
    const situation = () => deps.situation(user);
    const options = { ask: ask.value, rules: rules.value, situation, record, sessionId, onEvent };
    return ok(await runLive(turn, deps.liveDeps(options)));
  });
}

interface LastTurn {
  user: StoredMessage;
  answer: StoredMessage;
  before: StoredMessage[];
}

function lastTurn(messages: readonly StoredMessage[]): Result<LastTurn> {
  const answer = messages.findLast(({ superseded }) => !superseded);
  const userAt = messages.findLastIndex(({ role, superseded }) => role === 'user' && !superseded);
  const user = messages[userAt];
  if (!answer || !user || answer.role !== 'assistant') {
    return fail('state_conflict', 'There is no answer here that could be made anew.');
  }
  if (answer.status === 'running') return fail('turn_running');
  if (answer.status === 'waiting') return fail('turn_running', 'Decide about the change that waits first.');
  const [first] = answer.tool_calls;
  if (first?.model_call_id === CLICK) return fail('state_conflict', 'This was a click, not an answer.');
  const changed = answer.tool_calls.find(mayHaveChanged);
  if (changed) return fail('state_conflict', changedSentence(changed.effect?.summary ?? changed.tool));
  return ok({ user, answer, before: standing(messages.slice(0, userAt)) });
}

function changedSentence(what: string): string {
  return `This answer changed something (${what}), so it is not made again. Undo the change or send a new message.`;
}
