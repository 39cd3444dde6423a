import type { TurnEvent, TurnOutcome } from '../../shared/contract/index.ts';
import { failure, type Failure, type Result } from '../../shared/errors/index.ts';
import { moveEntry, NOT_DONE, runTurn, type LoopEnd, type Turn, type TurnDeps } from '../agent/index.ts';
import type { LiveTurn, LiveTurns } from './live-turns.ts';
import type { PipelineMeter } from './token-meter.ts';
import { endTurn, keepLease, leaveTurn } from './turn-record.ts';
import { chatMessage, outcomeOf } from './views.ts';

export interface LiveDeps extends Omit<TurnDeps, 'notify' | 'signal' | 'meter'> {
  meter: PipelineMeter;
  live: LiveTurns;
  deskId: string;
  log: (line: string) => void;
  /** Everybody who listens to the session. */
  emit: (event: TurnEvent) => void;
}

/** Runs a stored turn as a live one and gives its outcome; its record always ends in a state a person can read. */
export function runLive(turn: Turn, deps: LiveDeps): Promise<TurnOutcome> {
  const abort = new AbortController();
  const session_id = turn.assistant.session_id;
  const { promise: ended, resolve, reject } = Promise.withResolvers<TurnOutcome>();
  const live: LiveTurn = { turn, abort, text: '', retryAt: null, ended };
  deps.live.add(live);
  deps.emit({ type: 'turn.started', session_id, message: chatMessage(turn.user), response_id: turn.assistant.id });
  const stopLease = keepLease(deps.store, turn, deps.log);
  const notify: TurnDeps['notify'] = (notice) => {
    live.text = notice.type === 'text.delta' ? live.text + notice.text : '';
    live.retryAt = notice.type === 'rate_limited' ? notice.retry_at : null;
    deps.emit(notice);
  };
  runTurn(turn, { ...deps, notify, signal: abort.signal })
    .finally(stopLease)
    .then((end) => record(turn, end, deps))
    .finally(() => deps.live.remove(live))
    .then((outcome) => {
      deps.emit({ type: 'turn.ended', outcome });
      resolve(outcome);
    })
    .catch(reject);
  return ended;
}

async function record(turn: Turn, end: Result<LoopEnd>, deps: LiveDeps): Promise<TurnOutcome> {
  if (end.ok) {
    turn.assistant.content = end.value.status === 'done' ? end.value.text : '';
    await close(turn, end.value.status, null, deps);
  } else {
    await cancelOpen(turn, deps.store);
    await (isUnderWay(turn) ? leave(turn, end.failure, deps) : close(turn, failedAs(end.failure), end.failure, deps));
  }
  await deps.meter.flush();
  return outcomeOf(turn);
}

const failedAs = ({ code }: Failure): 'interrupted' | 'failed' => (code === 'stopped' ? 'interrupted' : 'failed');

/** Is a change approved or sent whose outcome the journal does not have? */
function isUnderWay({ assistant }: Turn): boolean {
  return assistant.tool_calls.some(({ state }) => state === 'approved' || state === 'running');
}

/**
 * The turn is not over while nobody knows what became of its change: its record stays open, without a lease, for the next
 * desk that reads it to find out. This answer says that it failed.
 */
async function leave(turn: Turn, failure: Failure, deps: LiveDeps): Promise<void> {
  const left = await leaveTurn(deps.store, turn);
  // A record that could not be written has a lease, which runs out.
  if (!left.ok) deps.log(`turn not let go of: ${left.failure.message}`);
  turn.assistant.status = 'failed';
  turn.assistant.error = failure;
}

/** What can't be stored is still shown: the outcome goes out with the reason. */
async function close(
  turn: Turn,
  status: 'done' | 'waiting' | 'failed' | 'interrupted',
  error: Failure | null,
  deps: LiveDeps,
): Promise<void> {
  const saved = await endTurn(deps.store, turn, { status, error, desk_id: deps.deskId });
  if (saved.ok) return;
  deps.log(`end of a turn not stored: ${saved.failure.message}`);
  turn.assistant.status = 'failed';
  turn.assistant.error =
    error ?? failure(saved.failure.code, `The answer could not be stored. ${saved.failure.message}`);
}

/** Calls of a turn that is over will not run any more. What a failing store keeps from being told is reconciled later. */
async function cancelOpen(turn: Turn, store: TurnDeps['store']): Promise<void> {
  for (const call of turn.assistant.tool_calls.filter(({ state }) => state === 'proposed')) {
    await moveEntry(store, turn, call, { state: 'cancelled', result: NOT_DONE.cancelled });
  }
}
