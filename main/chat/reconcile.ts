import { isFinalToolCallState, type JournalEntry, type StoredMessage } from '../../shared/domain/index.ts';
import { failure, ok, type Result } from '../../shared/errors/index.ts';
import { advanceCall, ask, moveEntry, NOT_DONE, toolsOf, type Turn, type TurnDeps } from '../agent/index.ts';
import { isExpired } from '../approvals/index.ts';
import type { PipelineClient } from '../pipeline/index.ts';
import type { ChatStore } from './store.ts';
import { endTurn, holdTurn, isLeaseOver, keepLease } from './turn-record.ts';

/** An approval older than this no longer stands for what is wanted now. */
const FRESH_MS = 10 * 60_000;
/** After this long a change that was sent and left no answer did not happen: nothing waits that long on its way. */
const ON_ITS_WAY_MS = 2 * 60_000;

export interface ReconcileDeps {
  store: ChatStore;
  client: PipelineClient;
  deskId: string;
  rules: TurnDeps['rules'];
  log: (line: string) => void;
}

/**
 * Brings a turn whose desk died to a state a person can act on. The turn is taken first, so that of two desks that find
 * it one does this; `state_conflict` for the other. An approved change is finished where it was already sent or its
 * approval is fresh (its key and snapshot see to it that it happens once and as shown); else it waits for approval
 * again. What was only proposed is cancelled, and a wait that took too long ends.
 */
export async function reconcileTurn(turn: Turn, deps: ReconcileDeps): Promise<Result<StoredMessage>> {
  if (isOver(turn.assistant)) return settleEnded(turn, deps);
  const held = await holdTurn(deps.store, turn, deps.deskId);
  if (!held.ok) return held;
  const stopLease = keepLease(deps.store, turn, deps.log);
  const settled = await settleAll(turn, deps, settle).finally(stopLease);
  return settled.ok ? endTurn(deps.store, turn, { ...endOf(turn), desk_id: deps.deskId }) : settled;
}

function endOf({ assistant }: Turn): Pick<StoredMessage, 'error'> & { status: 'waiting' | 'interrupted' } {
  const isAny = (state: JournalEntry['state']) => assistant.tool_calls.some((call) => call.state === state);
  if (isAny('awaiting')) return { status: 'waiting', error: null };
  const why = isAny('expired') ? 'Nobody approved the change in time. Ask again to have it done.' : undefined;
  return { status: 'interrupted', error: failure('interrupted', why) };
}

/** Is this a turn nobody goes on with: its desk died, nobody decided in time, or a call of it was left open? */
export function isLeft(message: StoredMessage, now: number): boolean {
  if (isOver(message)) return message.tool_calls.some((call) => isUnsettled(call, now));
  if (message.status !== 'waiting') return isLeaseOver(message, now);
  return message.tool_calls.some(({ state, expires_at }) => state === 'awaiting' && isExpired(expires_at, now));
}

function isOver({ status }: StoredMessage): boolean {
  return status !== 'running' && status !== 'waiting';
}

/** A call of an ended turn that is open, or of which it is not known what became of it and can be by now. */
function isUnsettled({ state, decided_at }: JournalEntry, now: number): boolean {
  if (state !== 'unknown') return !isFinalToolCallState(state);
  return decided_at !== null && now - Date.parse(decided_at) > ON_ITS_WAY_MS;
}

type Settle = (turn: Turn, call: JournalEntry, deps: ReconcileDeps) => Promise<Result<JournalEntry>>;

async function settleAll(turn: Turn, deps: ReconcileDeps, settleCall: Settle): Promise<Result<StoredMessage>> {
  for (const call of turn.assistant.tool_calls) {
    const settled = await settleCall(turn, call, deps);
    if (!settled.ok && settled.failure.code !== 'state_conflict') return settled;
  }
  return ok(turn.assistant);
}

async function settle(turn: Turn, call: JournalEntry, deps: ReconcileDeps): Promise<Result<JournalEntry>> {
  if (call.state === 'awaiting' && isExpired(call.expires_at, Date.now())) {
    const end = { state: 'expired' as const, result: NOT_DONE.expired, decided_by: 'expired' };
    return moveEntry(deps.store, turn, call, end);
  }
  if (call.state === 'proposed') {
    return moveEntry(deps.store, turn, call, { state: 'cancelled', result: NOT_DONE.lost });
  }
  if (call.state !== 'approved' && call.state !== 'running') return ok(call);
  const isFresh = call.decided_at !== null && Date.now() - Date.parse(call.decided_at) < FRESH_MS;
  const happened = await hasAnswer(call, deps.client);
  if (!happened.ok) return happened;
  if (happened.value || isFresh) return carryOn(turn, call, deps);
  return ask(turn, call, { asked: 'stale' }, quiet(deps));
}

/** A turn that has ended changes nothing any more: of each call left open it is found out whether it happened. */
function settleEnded(turn: Turn, deps: ReconcileDeps): Promise<Result<StoredMessage>> {
  return settleAll(turn, deps, async (_turn, call) => {
    if (!isUnsettled(call, Date.now())) return ok(call);
    const happened = await hasAnswer(call, deps.client);
    if (!happened.ok) return happened;
    if (happened.value) return carryOn(turn, call, deps);
    const state = call.state === 'unknown' ? ('failed' as const) : ('cancelled' as const);
    return moveEntry(deps.store, turn, call, { state, result: NOT_DONE.lost });
  });
}

/** Goes on with a call from its state; a change that has happened gives its answer again. */
function carryOn(turn: Turn, call: JournalEntry, deps: ReconcileDeps): Promise<Result<JournalEntry>> {
  return advanceCall(turn, call, toolsOf(turn.context.me.user.role), quiet(deps));
}

function quiet({ store, client, rules }: ReconcileDeps) {
  return { store, pipeline: client, rules, notify: () => undefined };
}

/** Is there an answer stored under the call's key? Then the change happened. */
async function hasAnswer(call: JournalEntry, client: PipelineClient): Promise<Result<boolean>> {
  if (call.idempotency_key === null) return ok(false);
  const stored = await client.chat.idempotency(call.idempotency_key);
  if (stored.ok) return ok(true);
  return stored.failure.code === 'not_found' ? ok(false) : stored;
}
