import { isDeepStrictEqual } from 'node:util';
import type { Decision } from '../../shared/contract/index.ts';
import type { JournalEntry } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { ask, moveEntry, NOT_DONE, pastCalls, prepareCall, toolsOf, type Turn, type TurnDeps } from '../agent/index.ts';
import { isExpired } from '../approvals/index.ts';

type DecideDeps = Pick<TurnDeps, 'store' | 'pipeline' | 'notify'>;

/**
 * Writes a person's decision into the journal; the turn then goes on from there. Edited arguments get a new effect,
 * which waits to be seen and approved before anything runs. `approval_gone` where it was decided or ran out meanwhile.
 */
export async function decideCall(
  turn: Turn,
  call: JournalEntry,
  decision: Decision,
  deps: DecideDeps,
): Promise<Result<JournalEntry>> {
  const now = Date.now();
  if (call.state !== 'awaiting' || isExpired(call.expires_at, now)) return fail('approval_gone');
  const decided_at = new Date(now).toISOString();
  const by = call.decided_by === 'edited' ? 'user:edited' : 'user';
  if (decision.decision === 'reject') {
    const result = NOT_DONE.rejected(decision.reason ?? 'The user rejected it.');
    return once(await moveEntry(deps.store, turn, call, { state: 'rejected', result, decided_by: 'user', decided_at }));
  }
  const edited = decision.arguments;
  if (edited && !isDeepStrictEqual(edited, call.arguments)) return editCall(turn, call, edited, deps);
  return once(await moveEntry(deps.store, turn, call, { state: 'approved', decided_by: by, decided_at }));
}

async function editCall(
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
  return once(await ask(turn, call, { arguments: edited, effect, snapshot, decided_by: 'edited' }, deps));
}

/** Of two people who decide at once, the second is told. */
function once(moved: Result<JournalEntry>): Result<JournalEntry> {
  if (moved.ok || moved.failure.code !== 'state_conflict') return moved;
  return fail('approval_gone');
}

/** What a turn waits for, found by the call's id. */
export function awaitingCall(turn: Turn, id: string): Result<JournalEntry> {
  const call = turn.assistant.tool_calls.find((each) => each.id === id);
  return call?.state === 'awaiting' ? ok(call) : fail('approval_gone');
}
