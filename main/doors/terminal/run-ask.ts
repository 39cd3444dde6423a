import type { SendRequest, TurnOutcome } from '../../../shared/contract/index.ts';
import type { Result } from '../../../shared/errors/index.ts';
import type { Desk } from '../../desk-types.ts';
import type { Decide } from './ask-person.ts';

/** 0 done, 1 failed, 2 a change was not approved. */
export type ExitCode = 0 | 1 | 2;

/** One turn to its very end: whatever waits is decided, until nothing waits any more. */
export async function runAsk(
  desk: Desk,
  send: () => Promise<Result<TurnOutcome>>,
  decide: Decide,
): Promise<Result<TurnOutcome>> {
  let outcome = await send();
  while (outcome.ok && outcome.value.status === 'waiting') {
    const [approval] = outcome.value.pending_approvals;
    if (!approval) throw new Error('A turn waits for nothing.');
    outcome = await desk.call('chat.decide', { id: approval.id, shown: approval.shown, ...(await decide(approval)) });
  }
  return outcome;
}

/** The message that `ask` sends. */
export function askRequest(message: string, sessionId: string | undefined): SendRequest {
  return { message, ...(sessionId === undefined ? {} : { session_id: sessionId }) };
}

export function exitCodeOf(outcome: Result<TurnOutcome>): ExitCode {
  if (!outcome.ok) return 1;
  const { status, response } = outcome.value;
  const wasDenied = response?.tool_calls.some(({ state }) => state === 'rejected' || state === 'expired') ?? false;
  if (wasDenied) return 2;
  return status === 'done' ? 0 : 1;
}
