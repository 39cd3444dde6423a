import { failure, ok, type Result } from '../../shared/errors/index.ts';
import type { JournalEntry, StoredMessage } from '../../shared/domain/index.ts';
import { advanceCall, ask, moveEntry, NOT_DONE, toolsOf, type Turn, type TurnDeps } from '../agent/index.ts';
import { isExpired } from '../approvals/index.ts';
import type { PipelineClient } from '../pipeline/index.ts';
import type { ChatStore } from './store.ts';
import { endTurn, isLeaseOver } from './turn-record.ts';

/** An approval older than this no longer stands for what is wanted now. */
const FRESH_MS = 10 * 60_000;

export interface ReconcileDeps {
  store: ChatStore;
  client: PipelineClient;
  deskId: string;
  rules: TurnDeps['rules'];
  log: (line: string) => void;
}

/**
 * Brings a turn whose desk died to a state a person can act on. An approved change is finished where it was already
 * sent or its approval is fresh (its key and snapshot see to it that it happens once and as shown); else it waits for
 * approval again. What was only proposed is cancelled, and a wait that took too long ends.
 */
export async function reconcileTurn(turn: Turn, deps: ReconcileDeps): Promise<Result<StoredMessage>> {
  for (const call of turn.assistant.tool_calls) {
    const settled = await settle(turn, call, deps);
    if (!settled.ok && settled.failure.code !== 'state_conflict') return settled;
  }
  const waits = turn.assistant.tool_calls.some(({ state }) => state === 'awaiting');
  const expired = turn.assistant.tool_calls.some(({ state }) => state === 'expired');
  const why = failure(
    'interrupted',
    expired ? 'Nobody approved the change in time. Ask again to have it done.' : undefined,
  );
  const end = waits ? { status: 'waiting' as const, error: null } : { status: 'interrupted' as const, error: why };
  return endTurn(deps.store, turn, { ...end, desk_id: deps.deskId });
}

/** Is this a turn nobody goes on with: its desk died, or nobody decided in time? */
export function isLeft(message: StoredMessage, now: number): boolean {
  if (message.status !== 'waiting') return isLeaseOver(message, now);
  return message.tool_calls.some(({ state, expires_at }) => state === 'awaiting' && isExpired(expires_at, now));
}

async function settle(turn: Turn, call: JournalEntry, deps: ReconcileDeps): Promise<Result<JournalEntry>> {
  if (call.state === 'awaiting' && isExpired(call.expires_at, Date.now())) {
    const end = { state: 'expired' as const, result: NOT_DONE.expired, decided_by: 'expired' };
    return moveEntry(deps.store, turn, call, end);
  }
  if (call.state === 'proposed') {
    return moveEntry(deps.store, turn, call, { state: 'cancelled', result: NOT_DONE.cancelled });
  }
  if (call.state !== 'approved' && call.state !== 'running') return ok(call);
  const isFresh = call.decided_at !== null && Date.now() - Date.parse(call.decided_at) < FRESH_MS;
  const happened = await hasAnswer(call, deps.client);
  if (!happened.ok) return happened;
  const quiet = { store: deps.store, pipeline: deps.client, rules: deps.rules, notify: () => undefined };
  if (happened.value || isFresh) return advanceCall(turn, call, toolsOf(turn.context.me.user.role), quiet);
  return ask(turn, call, {}, quiet);
}

/** Is there an answer stored under the call's key? Then the change happened. */
async function hasAnswer(call: JournalEntry, client: PipelineClient): Promise<Result<boolean>> {
  if (call.idempotency_key === null) return ok(false);
  const stored = await client.chat.idempotency(call.idempotency_key);
  if (stored.ok) return ok(true);
  return stored.failure.code === 'not_found' ? ok(false) : stored;
}
