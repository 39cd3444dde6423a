import type { ApprovalRows, ApprovalRowsRequest } from '../../shared/contract/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { pastCalls, prepareCall, toolsOf } from '../agent/index.ts';
import type { ChatDeps } from './chat.ts';
import { awaitingCall } from './decide-call.ts';
import { findAwaiting, findTurn } from './find-turn.ts';

/**
 * A page of the things behind the numbers of a waiting change, by the pipeline's own plan of it. `moved`: the world is no
 * longer the one of the effect that waits; what is approved now is shown anew first.
 */
export async function approvalRows(
  { id, shown, only, cursor }: ApprovalRowsRequest,
  deps: ChatDeps,
): Promise<Result<ApprovalRows>> {
  const found = await findAwaiting(id, deps.client);
  if (!found.ok) return found;
  const { message_id, session_id } = found.value;
  const messages = await deps.store.messages(session_id);
  if (!messages.ok) return messages;
  const turn = await findTurn(messages.value, message_id, deps);
  if (!turn.ok) return turn;
  const call = awaitingCall(turn.value, id, { shown });
  if (!call.ok) return call;
  const prepared = prepareCall(call.value, toolsOf(deps.me.user.role), pastCalls(turn.value));
  if (!prepared.ok) return prepared;
  if (prepared.value.kind !== 'change') return fail('approval_gone');
  const tried = await deps.client.dryRunRows(prepared.value.change, { only, cursor });
  if (!tried.ok) return tried;
  const { effect, snapshot, rows } = tried.value;
  const sample = effect.sample.map((thing) => ({ ...thing, problem: false }));
  const page = rows ?? { items: sample, next_cursor: null, total: sample.length, total_exact: true };
  return ok({ ...page, moved: snapshot !== call.value.snapshot });
}
