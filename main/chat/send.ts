import { randomUUID } from 'node:crypto';
import type { SendRequest, TurnEvent, TurnOutcome } from '../../shared/contract/index.ts';
import type { StoredMessage } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { Turn } from '../agent/index.ts';
import type { ChatDeps } from './chat.ts';
import { turnContext } from './find-turn.ts';
import { readSession } from './read-session.ts';
import { runLive } from './run-live.ts';
import { turnMessage, userMessage } from './turn-record.ts';

/** One turn from a person's words to its end, or to where it waits. Nothing is stored where it can't begin. */
export async function send(
  request: SendRequest,
  deps: ChatDeps,
  onEvent: (event: TurnEvent) => void,
): Promise<Result<TurnOutcome>> {
  const sessionId = request.session_id ?? randomUUID();
  if (deps.live.inSession(sessionId).length > 0) return fail('turn_running');
  const [ask, rules, limit, before, context] = await Promise.all([
    deps.model(),
    deps.rules(),
    deps.checkTokenLimit(),
    request.session_id ? readSession(sessionId, deps) : ok<StoredMessage[]>([]),
    turnContext(request.selection_id, deps),
  ]);
  if (!ask.ok) return ask;
  if (!rules.ok) return rules;
  if (!limit.ok) return limit;
  if (!before.ok) return before;
  if (!context.ok) return context;
  // Another desk of the same user may be answering in this session.
  if (before.value.some(({ status }) => status === 'running')) return fail('turn_running');

  const turn = await storeTurn(sessionId, request, deps);
  if (!turn.ok) return turn;
  const started: Turn = { ...turn.value, before: before.value, context: context.value };
  return ok(await runLive(started, deps.liveDeps(ask.value, rules.value, sessionId, onEvent)));
}

async function storeTurn(
  session_id: string,
  request: SendRequest,
  deps: ChatDeps,
): Promise<Result<Pick<Turn, 'user' | 'assistant'>>> {
  const { message: content, context_type, context_id, selection_id } = request;
  const written = userMessage({ session_id, content, context_type, context_id, selection_id });
  const user = await deps.store.saveMessage(randomUUID(), { ...written, token_count: deps.counter.estimate(content) });
  if (!user.ok) return user;
  const assistant = await deps.store.saveMessage(randomUUID(), turnMessage(session_id, deps.deskId));
  return assistant.ok ? ok({ user: user.value, assistant: assistant.value }) : assistant;
}
