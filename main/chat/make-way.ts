import { isFinalToolCallState, type StoredMessage } from '../../shared/domain/index.ts';
import { fail, failure, ok, type Result } from '../../shared/errors/index.ts';
import { finish, NOT_DONE, type Turn } from '../agent/index.ts';
import type { ChatDeps } from './chat.ts';
import { findTurn } from './find-turn.ts';
import { endTurn, holdTurn } from './turn-record.ts';
import { outcomeOf } from './views.ts';

/**
 * The messages as they are once the user's last one is replaced. Changes of its turn that still wait for a person are
 * called off first: they were asked for in words that no longer stand.
 */
export async function makeWay(
  replaces: string,
  messages: readonly StoredMessage[],
  deps: ChatDeps,
): Promise<Result<StoredMessage[]>> {
  const last = messages.findLast(({ role, superseded }) => role === 'user' && !superseded);
  if (last?.id !== replaces) return fail('state_conflict', 'Only your last message in this chat can be edited.');
  const from = messages.indexOf(last);
  const waiting = messages.slice(from).find(({ status }) => status === 'waiting');
  if (waiting) {
    const called = await callOff(messages, waiting.id, deps);
    if (!called.ok) return called;
  }
  return ok(messages.map((message, at) => (at < from ? message : { ...message, superseded: true })));
}

async function callOff(
  messages: readonly StoredMessage[],
  messageId: string,
  deps: ChatDeps,
): Promise<Result<undefined>> {
  return deps.live.oneAtATime(messageId, async () => {
    const turn = await findTurn(messages, messageId, deps);
    if (!turn.ok) return turn;
    const held = await holdTurn(deps.store, turn.value, deps.deskId);
    // Decided a moment ago, here or at another desk: it goes on, and can't be edited any more.
    if (!held.ok) return held.failure.code === 'state_conflict' ? fail('turn_running') : held;
    const cancelled = await cancelWaiting(turn.value, deps);
    const end = cancelled.ok
      ? { status: 'interrupted' as const, error: failure('stopped', 'You edited the message before this was decided.') }
      : { status: 'waiting' as const, error: null };
    const saved = await endTurn(deps.store, turn.value, { ...end, desk_id: deps.deskId });
    if (!cancelled.ok) return cancelled;
    if (!saved.ok) return saved;
    const { session_id } = turn.value.assistant;
    deps.broadcast(session_id, { type: 'turn.ended', outcome: outcomeOf(turn.value) });
    return ok(undefined);
  });
}

async function cancelWaiting(turn: Turn, deps: ChatDeps): Promise<Result<undefined>> {
  const notify = deps.notifier(turn.assistant.session_id, () => undefined);
  for (const call of turn.assistant.tool_calls) {
    if (isFinalToolCallState(call.state)) continue;
    if (call.state !== 'awaiting' && call.state !== 'proposed') return fail('turn_running');
    const end = { state: 'cancelled' as const, result: NOT_DONE.cancelled, decided_by: 'user' };
    const done = await finish(turn, call, { store: deps.store, notify }, end);
    if (!done.ok) return done.failure.code === 'state_conflict' ? fail('turn_running') : done;
  }
  return ok(undefined);
}
