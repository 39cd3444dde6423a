import { randomUUID } from 'node:crypto';
import type { DryRun, JournalEntry } from '../../shared/domain/index.ts';
import type { Asked } from '../../shared/contract/index.ts';
import { ok, type Result } from '../../shared/errors/index.ts';
import { coveringGrant, decide, expiryFrom, isExpired, mayBeGranted, waitingFor } from '../approvals/index.ts';
import type { PipelineChange } from '../pipeline/index.ts';
import { chatToolCall, pendingApproval } from './chat-view.ts';
import { moveEntry } from './journal.ts';
import { sendChange } from './send-change.ts';
import { NOT_DONE, toolResult } from './tool-result.ts';
import type { Turn, TurnDeps } from './turn-types.ts';

type Change = PipelineChange<unknown>;
/** What a change needs; no model has a part in it. */
export type AdvanceDeps = Pick<TurnDeps, 'store' | 'pipeline' | 'rules' | 'grants' | 'notify'> & {
  signal?: AbortSignal;
  /** An earlier change of the turn waits for a person: what policy would let pass does not overtake it. */
  isBehind?: boolean;
};
/** `mayRun`: whether the policy may still answer for a person; a world that keeps moving goes to one. */
type ChangeDeps = AdvanceDeps & { mayRun: boolean };

/** How often policy may decide anew on a world that keeps moving. */
const MOVES = 3;

/** Takes one changing call as far as it goes without a person: to its end, to where it waits, or stays behind another. */
export async function advanceChange(
  turn: Turn,
  entry: JournalEntry,
  change: Change,
  deps: AdvanceDeps,
): Promise<Result<JournalEntry>> {
  let call = entry;
  for (let moves = 0; ; moves++) {
    const next = await step(turn, call, change, { ...deps, mayRun: moves < MOVES });
    if (!next.ok || next.value === call) return next;
    call = next.value;
    if (!['proposed', 'approved', 'running'].includes(call.state)) return next;
  }
}

function step(turn: Turn, call: JournalEntry, change: Change, deps: ChangeDeps): Promise<Result<JournalEntry>> {
  switch (call.state) {
    case 'proposed':
      return propose(turn, call, change, deps);
    case 'awaiting':
      return expire(turn, call, deps);
    case 'approved':
      return start(turn, call, deps);
    default:
      return run(turn, call, change, deps);
  }
}

/** Works out the effect and lets the policy decide: refuse, ask, or run. */
async function propose(
  turn: Turn,
  call: JournalEntry,
  change: Change,
  deps: ChangeDeps,
): Promise<Result<JournalEntry>> {
  const tried = await deps.pipeline.dryRun(change, deps.signal);
  if (!tried.ok) return tried.failure.code === 'stopped' ? tried : finish(turn, call, deps, toolResult(tried));
  return settleEffect(turn, call, tried.value, deps);
}

async function settleEffect(
  turn: Turn,
  call: JournalEntry,
  { effect, snapshot }: DryRun,
  deps: ChangeDeps,
): Promise<Result<JournalEntry>> {
  const known = { effect, snapshot, idempotency_key: call.idempotency_key ?? randomUUID() };
  const verdict = decide(deps.rules, effect);
  const now = new Date();
  if (verdict === 'deny') {
    const result = NOT_DONE.rejected('Changes are not allowed in this run (--approve deny).');
    const decided = { ...known, decided_by: 'policy:deny', decided_at: now.toISOString() };
    // What was approved in another run and did not happen is called off, it was never rejected.
    const state = call.state === 'running' ? 'cancelled' : 'rejected';
    return finish(turn, call, deps, { ...decided, state, result });
  }
  if (verdict === 'run' && deps.mayRun) {
    if (deps.isBehind && call.state === 'proposed') return ok(call);
    const decided = { decided_by: 'policy:auto', decided_at: now.toISOString(), expires_at: null };
    const state = call.state === 'running' ? 'running' : 'approved';
    return moveEntry(deps.store, turn, call, { ...known, ...decided, state });
  }
  const granted = call.state === 'proposed' ? await useGrant(turn, call, known, deps) : null;
  if (granted) return granted;
  return ask(turn, call, { ...known, asked: call.state === 'proposed' ? 'first' : 'moved' }, deps);
}

/** Runs the change by a standing approval of its chat, where one covers it; null where a person has to be asked. */
async function useGrant(
  turn: Turn,
  call: JournalEntry,
  known: DryRun & Pick<JournalEntry, 'idempotency_key'>,
  deps: ChangeDeps,
): Promise<Result<JournalEntry> | null> {
  if (!deps.grants || !deps.mayRun || !mayBeGranted(deps.rules, known.effect)) return null;
  const grants = await deps.grants(turn.assistant.session_id);
  if (!grants.ok) return grants;
  const grant = coveringGrant(grants.value, call, known.effect);
  if (!grant) return null;
  if (deps.isBehind) return ok(call);
  const decided = { decided_by: `grant:${grant.id}`, decided_at: new Date().toISOString(), expires_at: null };
  const moved = await moveEntry(deps.store, turn, call, { ...known, ...decided, state: 'approved' });
  // Revoked or used up a moment ago.
  return !moved.ok && moved.failure.code === 'grant_gone' ? null : moved;
}

/** What is put before a person: why, and what changed of the call since it was journaled. */
export type Question = { asked: Asked } & Partial<Pick<JournalEntry, 'arguments' | 'effect' | 'snapshot'>> &
  Partial<Pick<JournalEntry, 'idempotency_key'>>;

/** Puts the effect before a person; a decision made on an older effect no longer counts. */
export async function ask(
  turn: Turn,
  call: JournalEntry,
  { asked, ...known }: Question,
  deps: Pick<TurnDeps, 'store' | 'notify'>,
): Promise<Result<JournalEntry>> {
  const waiting = { state: 'awaiting' as const, decided_at: null, expires_at: expiryFrom(Date.now()) };
  const decided_by = waitingFor(asked, call.decided_by);
  const saved = await moveEntry(deps.store, turn, call, { ...known, ...waiting, decided_by });
  const approval = saved.ok ? pendingApproval(saved.value, turn.assistant.session_id) : undefined;
  if (approval) deps.notify({ type: 'approval.requested', approval });
  return saved;
}

/** A waiting call goes on waiting until its time is over. */
async function expire(turn: Turn, call: JournalEntry, deps: AdvanceDeps): Promise<Result<JournalEntry>> {
  if (!isExpired(call.expires_at, Date.now())) return ok(call);
  return finish(turn, call, deps, { state: 'expired', result: NOT_DONE.expired, decided_by: 'expired' });
}

/** The journal says `running` before anything is sent: after a crash it is known that this may have happened. */
async function start(turn: Turn, call: JournalEntry, deps: AdvanceDeps): Promise<Result<JournalEntry>> {
  const started = await moveEntry(deps.store, turn, call, { state: 'running' });
  if (started.ok) deps.notify({ type: 'tool.started', call: chatToolCall(started.value) });
  return started;
}

async function run(turn: Turn, call: JournalEntry, change: Change, deps: ChangeDeps): Promise<Result<JournalEntry>> {
  const sent = await sendChange(call, change, deps);
  if (!sent.ok) return sent;
  return 'moved' in sent.value
    ? settleEffect(turn, call, sent.value.moved, deps)
    : finish(turn, call, deps, sent.value);
}

/** Writes a call's end into the journal and tells of it. */
export async function finish(
  turn: Turn,
  call: JournalEntry,
  deps: Pick<TurnDeps, 'store' | 'notify'>,
  end: Partial<JournalEntry>,
): Promise<Result<JournalEntry>> {
  const saved = await moveEntry(deps.store, turn, call, end);
  if (saved.ok) deps.notify({ type: 'tool.finished', call: chatToolCall(saved.value) });
  return saved;
}
