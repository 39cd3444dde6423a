import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DryRun, JournalEntry } from '../../shared/domain/index.ts';
import { ok, type Failure, type Result } from '../../shared/errors/index.ts';
import { decide, expiryFrom, isExpired } from '../approvals/index.ts';
import { newEffectOf, type PipelineChange } from '../pipeline/index.ts';
import { chatToolCall, pendingApproval } from './chat-view.ts';
import { moveEntry } from './journal.ts';
import { errorResult, NOT_DONE, toolResult } from './tool-result.ts';
import type { Turn, TurnDeps } from './turn-types.ts';

type Change = PipelineChange<unknown>;
/** What a change needs; no model has a part in it. */
export type AdvanceDeps = Pick<TurnDeps, 'store' | 'pipeline' | 'rules' | 'notify'> & { signal?: AbortSignal };
/** `mayRun`: whether the policy may still answer for a person; a world that keeps moving goes to one. */
type ChangeDeps = AdvanceDeps & { mayRun: boolean };

/** How often a change whose answer got lost is asked for again under its key, and the first wait between. */
const RESENDS = 5;
const FIRST_WAIT_MS = 250;
/** How often policy may decide anew on a world that keeps moving. */
const MOVES = 3;

/** Takes one changing call as far as it goes without a person: to its end, or to where it waits. */
export async function advanceChange(
  turn: Turn,
  entry: JournalEntry,
  change: Change,
  deps: AdvanceDeps,
): Promise<Result<JournalEntry>> {
  let call = entry;
  for (let moves = 0; ; moves++) {
    const next = await step(turn, call, change, { ...deps, mayRun: moves < MOVES });
    if (!next.ok) return next;
    call = next.value;
    if (call.state === 'awaiting' || !['proposed', 'approved', 'running'].includes(call.state)) return next;
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
    const decided = { decided_by: 'policy:auto', decided_at: now.toISOString(), expires_at: null };
    const state = call.state === 'running' ? 'running' : 'approved';
    return moveEntry(deps.store, turn, call, { ...known, ...decided, state });
  }
  return ask(turn, call, known, deps);
}

/** Puts the effect before a person; a decision made on an older effect no longer counts. */
export async function ask(
  turn: Turn,
  call: JournalEntry,
  known: Partial<JournalEntry>,
  deps: Pick<TurnDeps, 'store' | 'notify'>,
): Promise<Result<JournalEntry>> {
  const waiting = { state: 'awaiting' as const, decided_at: null, expires_at: expiryFrom(Date.now()) };
  const decided_by = known.decided_by ?? (call.decided_by?.endsWith('edited') ? 'edited' : null);
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
  const outcome = await send(call, change, deps);
  if (outcome.ok) return finish(turn, call, deps, toolResult({ ok: true, value: told(call, outcome.value) }));
  const { code, details } = outcome.failure;
  if (code === 'snapshot_changed') {
    const moved = newEffectOf(details);
    const again = moved ? ok(moved) : await deps.pipeline.dryRun(change, deps.signal);
    return again.ok ? settleEffect(turn, call, again.value, deps) : finish(turn, call, deps, toolResult(again));
  }
  // Neither answered nor refused: the journal stays at `running` and is reconciled when the pipeline is back.
  if (code === 'pipeline_unreachable' || code === 'unauthorized') return outcome;
  if (!isOpenEnded(outcome.failure)) return finish(turn, call, deps, toolResult(outcome));
  return finish(turn, call, deps, { state: 'unknown', result: { ...NOT_DONE.unknown, ...asObject(outcome.failure) } });
}

/** Sends the change under its key; a lost answer is asked for again, which can't do it twice. */
async function send(call: JournalEntry, change: Change, deps: AdvanceDeps): Promise<Result<unknown>> {
  const key = call.idempotency_key;
  if (key === null) throw new Error('A change is not sent without its idempotency key.');
  const origin = `assistant; tool_call=${call.id}`;
  for (let tries = 1; ; tries++) {
    // A stop does not tear down a change on its way: its outcome would be unknown.
    const outcome = await deps.pipeline.change(change, { key, origin, snapshot: call.snapshot });
    if (outcome.ok || !isOpenEnded(outcome.failure) || tries === RESENDS) return outcome;
    await sleep(FIRST_WAIT_MS * 2 ** (tries - 1));
  }
}

/** Failures that leave open whether the change happened. */
function isOpenEnded({ code }: Failure): boolean {
  return ['pipeline_unreachable', 'in_flight', 'internal_error', 'unavailable'].includes(code);
}

function asObject(failure: Failure): object {
  return { ...(errorResult(failure) as object) };
}

/** The answer with the id to undo it by; where a person changed what the model had asked for, it is told. */
function told(call: JournalEntry, answer: unknown): unknown {
  const edit = call.decided_by?.endsWith('edited') ? { edited: true, arguments_used: call.arguments } : {};
  return typeof answer === 'object' ? { ...answer, action_id: call.id, ...edit } : answer;
}

async function finish(
  turn: Turn,
  call: JournalEntry,
  deps: Pick<TurnDeps, 'store' | 'notify'>,
  end: Partial<JournalEntry>,
): Promise<Result<JournalEntry>> {
  const saved = await moveEntry(deps.store, turn, call, end);
  if (saved.ok) deps.notify({ type: 'tool.finished', call: chatToolCall(saved.value) });
  return saved;
}
