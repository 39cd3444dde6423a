import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Decision, SharedDecision, TurnEvent, TurnOutcome } from '../../shared/contract/index.ts';
import { fail, ok, type Failure, type Result } from '../../shared/errors/index.ts';
import type { AskModel, Turn } from '../agent/index.ts';
import { grantKind } from '../approvals/index.ts';
import type { ChatDeps } from './chat.ts';
import { clickAnswer, clickMeter, isClickTurn } from './click-turn.ts';
import { awaitingCall, decideCall, editCall, wantedArguments } from './decide-call.ts';
import { findAwaiting, findTurn } from './find-turn.ts';
import { settleLeft } from './read-session.ts';
import { runLive } from './run-live.ts';
import { endTurn, holdTurn } from './turn-record.ts';
import { outcomeOf } from './views.ts';

/** How long a decision waits for another desk that runs the same turn: it carries out a change and lets go. */
const HOLD_TRIES = 40;
const HOLD_WAIT_MS = 250;

interface Decided {
  id: string;
  decision: Decision;
}

/** A person's decision on a waiting change, and the turn from there to its next end or wait. */
export function decide(
  id: string,
  decision: Decision,
  deps: ChatDeps,
  onEvent: (event: TurnEvent) => void,
): Promise<Result<TurnOutcome>> {
  return inTurnOf(id, deps, async (turn) => {
    const call = awaitingCall(turn, id, decision);
    if (!call.ok) return call;
    const wanted = await wantedArguments(call.value, decision, deps.client);
    if (!wanted.ok) return wanted;
    if (wanted.value === null) return decideAndRun(turn, [{ id, decision }], deps, onEvent);
    const notify = deps.notifier(turn.assistant.session_id, onEvent);
    const edited = await editCall(turn, call.value, wanted.value, { store: deps.store, pipeline: deps.client, notify });
    return edited.ok ? ok(outcomeOf(turn)) : edited;
  });
}

/** One decision on several changes of a turn. Those that are gone or changed meanwhile are left as they are. */
export function decideAll(
  { approvals, ...decision }: SharedDecision,
  deps: ChatDeps,
  onEvent: (event: TurnEvent) => void,
): Promise<Result<TurnOutcome>> {
  const decided = approvals.map(({ id, shown }) => ({ id, decision: { ...decision, shown } }));
  return inTurnOf(approvals[0]?.id ?? '', deps, (turn) => decideAndRun(turn, decided, deps, onEvent));
}

/** Finds the turn a waiting call belongs to. Of one desk's decisions on a turn one is carried out at a time. */
async function inTurnOf(
  id: string,
  deps: ChatDeps,
  act: (turn: Turn) => Promise<Result<TurnOutcome>>,
): Promise<Result<TurnOutcome>> {
  const call = await findAwaiting(id, deps.client);
  if (!call.ok) return call;
  const { message_id, session_id } = call.value;
  return deps.live.oneAtATime(message_id, async () => {
    await deps.live.ofMessage(message_id)?.ended;
    const messages = await settleLeft(session_id, message_id, deps);
    if (!messages.ok) return messages;
    const turn = await findTurn(messages.value, message_id, deps);
    return turn.ok ? act(turn.value) : turn;
  });
}

/**
 * Takes the turn, writes the decisions down and runs what was approved. The turn is taken first: a decision is written
 * only by the desk that then acts on it.
 */
async function decideAndRun(
  turn: Turn,
  decisions: readonly Decided[],
  deps: ChatDeps,
  onEvent: (event: TurnEvent) => void,
): Promise<Result<TurnOutcome>> {
  const rules = await deps.rules();
  if (!rules.ok) return rules;
  const held = await hold(turn, deps);
  if (!held.ok) return held;
  const sessionId = turn.assistant.session_id;
  const notify = deps.notifier(sessionId, onEvent);
  const with_ = { store: deps.store, pipeline: deps.client, notify };
  const refused: Failure[] = [];
  for (const { id, decision } of decisions) {
    const granted = await grantAlong(turn, id, decision, deps);
    const decided = granted.ok ? await decideCall(turn, id, decision, with_) : granted;
    if (!decided.ok) refused.push(decided.failure);
  }
  const [first] = refused;
  if (first && refused.length === decisions.length) return letGo(turn, first, deps);
  const record = Promise.resolve(held);
  const by = isClickTurn(turn)
    ? { ask: clickAnswer, meter: clickMeter }
    : { ask: await modelOrFailure(deps), situation: () => deps.situation(turn.user) };
  return ok(await runLive(turn, deps.liveDeps({ ...by, rules: rules.value, record, sessionId, onEvent })));
}

/** Makes the standing approval that a person gave along with a yes; where it can't be had, nothing is approved. */
async function grantAlong(turn: Turn, id: string, decision: Decision, deps: ChatDeps): Promise<Result<unknown>> {
  if (decision.decision !== 'approve' || !decision.grant) return ok(null);
  const call = awaitingCall(turn, id, decision);
  if (!call.ok) return call;
  const kind = grantKind(call.value);
  if (kind === null) return fail('validation_failed', 'Changes of this kind cannot be approved in advance.');
  const { session_id } = turn.assistant;
  return deps.client.chat.makeGrant({ session_id, tool: call.value.tool, kind, ...decision.grant }, randomUUID());
}

/** Takes a waiting turn, whose calls are then as they are now. `turn_running` where another desk keeps it. */
async function hold(turn: Turn, deps: ChatDeps): ReturnType<typeof holdTurn> {
  for (let tries = 1; ; tries++) {
    const { status } = turn.assistant;
    if (status !== 'waiting' && status !== 'running') return fail('approval_gone');
    const held = await holdTurn(deps.store, turn, deps.deskId);
    if (held.ok || held.failure.code !== 'state_conflict') return held;
    if (tries === HOLD_TRIES) return fail('turn_running');
    await sleep(HOLD_WAIT_MS);
    const now = await deps.store.messages(turn.assistant.session_id);
    if (!now.ok) return now;
    turn.assistant = now.value.find((message) => message.id === turn.assistant.id) ?? turn.assistant;
  }
}

/** No decision counted: the turn waits on as it did. */
async function letGo(turn: Turn, failure: Failure, deps: ChatDeps): Promise<Result<never>> {
  const saved = await endTurn(deps.store, turn, { status: 'waiting', error: null, desk_id: deps.deskId });
  if (!saved.ok) deps.log(`a waiting turn was not let go of: ${saved.failure.message}`);
  return { ok: false, failure };
}

/** A decision counts even where no model can be asked any more: the change is done, then the turn says why it ends. */
async function modelOrFailure(deps: ChatDeps): Promise<AskModel> {
  const model = await deps.model();
  return model.ok ? model.value : () => Promise.resolve(model);
}
