import { isDeepStrictEqual } from 'node:util';
import type { Decision } from '../../shared/contract/index.ts';
import type { JournalEntry } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import {
  ask,
  finish,
  moveEntry,
  NOT_DONE,
  pastCalls,
  prepareCall,
  toolsOf,
  type Turn,
  type TurnDeps,
} from '../agent/index.ts';
import type { PipelineClient } from '../pipeline/index.ts';
import { withoutProducts } from './without-products.ts';
import { isExpired, shownOf, wasEdited } from '../approvals/index.ts';

type DecideDeps = Pick<TurnDeps, 'store' | 'pipeline' | 'notify'>;

/**
 * Writes a person's yes or no into the journal; the turn then goes on from there. `approval_gone` where it was decided
 * or ran out meanwhile, `approval_changed` where another effect waits than the one that was looked at.
 */
export async function decideCall(
  turn: Turn,
  id: string,
  decision: Decision,
  deps: DecideDeps,
): Promise<Result<JournalEntry>> {
  const call = awaitingCall(turn, id, decision);
  if (!call.ok) return call;
  const decided_at = new Date().toISOString();
  if (decision.decision === 'reject') {
    const result = NOT_DONE.rejected(decision.reason ?? 'The user rejected it.');
    return once(await finish(turn, call.value, deps, { state: 'rejected', result, decided_by: 'user', decided_at }));
  }
  const decided_by = wasEdited(call.value.decided_by) ? 'user:edited' : 'user';
  return once(await moveEntry(deps.store, turn, call.value, { state: 'approved', decided_by, decided_at }));
}

/** The arguments a person wants instead of the ones that wait; null where they are approved as they are. */
export async function wantedArguments(
  call: JournalEntry,
  { decision, arguments: edited = call.arguments, without }: Decision,
  client: PipelineClient,
): Promise<Result<Record<string, unknown> | null>> {
  if (decision === 'reject') return ok(null);
  if (without) return withoutProducts(edited, without, client);
  return ok(isDeepStrictEqual(edited, call.arguments) ? null : edited);
}

/** Works out the effect of edited arguments, which waits to be seen and approved before anything runs. */
export async function editCall(
  turn: Turn,
  call: JournalEntry,
  edited: Record<string, unknown>,
  deps: DecideDeps,
): Promise<Result<JournalEntry>> {
  const wanted = { tool: call.tool, arguments: edited };
  const prepared = prepareCall(wanted, toolsOf(turn.context.me.user.role), pastCalls(turn));
  if (!prepared.ok) return prepared;
  if (prepared.value.kind !== 'change') throw new Error('Only a change waits for approval.');
  const tried = await deps.pipeline.dryRun(prepared.value.change);
  if (!tried.ok) return tried;
  const { effect, snapshot } = tried.value;
  return once(await ask(turn, call, { asked: 'edited', arguments: edited, effect, snapshot }, deps));
}

/** What a turn waits for, found by the call's id, provided it is what was looked at. */
export function awaitingCall(turn: Turn, id: string, { shown }: Pick<Decision, 'shown'>): Result<JournalEntry> {
  const call = turn.assistant.tool_calls.find((each) => each.id === id);
  if (call?.state !== 'awaiting' || isExpired(call.expires_at, Date.now())) return fail('approval_gone');
  return shown === undefined || shown === shownOf(call) ? ok(call) : fail('approval_changed');
}

/** Of two people who decide at once, the second is told. */
function once(moved: Result<JournalEntry>): Result<JournalEntry> {
  if (moved.ok || moved.failure.code !== 'state_conflict') return moved;
  return fail('approval_gone');
}
