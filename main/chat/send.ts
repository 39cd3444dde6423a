import { randomUUID } from 'node:crypto';
import type { SendRequest, TurnEvent, TurnOutcome } from '../../shared/contract/index.ts';
import type { StoredMessage } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { AskModel, Situation, Turn } from '../agent/index.ts';
import type { ApprovalRules } from '../approvals/index.ts';
import type { ChatDeps } from './chat.ts';
import { turnContext } from './find-turn.ts';
import { makeWay } from './make-way.ts';
import { readSession } from './read-session.ts';
import { runLive } from './run-live.ts';
import { standing } from './standing.ts';
import { turnMessage, userMessage, type NewMessage } from './turn-record.ts';

/** One turn from a person's words to its end, or to where it waits. Nothing is stored where it can't begin. */
export function send(
  request: SendRequest,
  deps: ChatDeps,
  onEvent: (event: TurnEvent) => void,
): Promise<Result<TurnOutcome>> {
  const sessionId = request.session_id ?? randomUUID();
  return deps.live.alone(sessionId, async () => {
    const started = await begin(sessionId, request, deps);
    return started.ok
      ? ok(await runLive(started.value.turn, deps.liveDeps({ ...started.value, sessionId, onEvent })))
      : started;
  });
}

interface Beginning {
  turn: Turn;
  ask: AskModel;
  rules: ApprovalRules;
  situation: () => Promise<Situation>;
  record: Promise<Result<StoredMessage>>;
}

async function begin(sessionId: string, request: SendRequest, deps: ChatDeps): Promise<Result<Beginning>> {
  // Read beside everything else; the model is not asked before it is there.
  const situation = deps.situation({
    context_type: request.context_type ?? null,
    context_id: request.context_id ?? null,
  });
  const [ask, rules, limit, before, context, token_count] = await Promise.all([
    deps.model(),
    deps.rules(),
    deps.meter.check(),
    request.session_id ? readSession(sessionId, deps) : ok<StoredMessage[]>([]),
    turnContext(request.selection_id, deps),
    deps.counter.count(request.message),
  ]);
  if (!ask.ok) return ask;
  if (!rules.ok) return rules;
  if (!limit.ok) return limit;
  if (!before.ok) return before;
  if (!context.ok) return context;
  // Another desk of the same user may be answering in this session.
  if (before.value.some(({ status }) => status === 'running')) return fail('turn_running');

  const { message: content, context_type, context_id, selection_id, replaces } = request;
  const left = replaces ? await makeWay(replaces, before.value, deps) : before;
  if (!left.ok) return left;
  const written = { session_id: sessionId, content, context_type, context_id, selection_id, token_count, replaces };
  const user = await saveQuestion(written, deps);
  if (!user.ok) return user;
  const { assistant, record } = recordTurn(sessionId, deps);
  const turn = { user: user.value, assistant, before: standing(left.value), context: context.value };
  return ok({ turn, ask: ask.value, rules: rules.value, situation: () => situation, record });
}

/** Stores what a person said or clicked. */
export function saveQuestion(written: NewMessage, { store }: ChatDeps): Promise<Result<StoredMessage>> {
  return store.saveMessage(randomUUID(), userMessage(written));
}

/** The turn's record is written while the model is asked already: it costs nobody's time. */
export function recordTurn(
  sessionId: string,
  deps: ChatDeps,
): Pick<Beginning, 'record'> & { assistant: StoredMessage } {
  const write = turnMessage(sessionId, deps.deskId);
  const assistant = {
    ...write,
    id: randomUUID(),
    created_at: new Date().toISOString(),
    superseded: false,
    tool_calls: [],
  };
  return { assistant, record: deps.store.saveMessage(assistant.id, write) };
}
