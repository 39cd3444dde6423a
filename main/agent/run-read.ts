import type { JournalEntry } from '../../shared/domain/index.ts';
import { fail, type Result } from '../../shared/errors/index.ts';
import { chatToolCall } from './chat-view.ts';
import { createEntry } from './journal.ts';
import { LIMITS } from './limits.ts';
import { toolResult } from './tool-result.ts';
import type { PreparedCall } from './tools/index.ts';
import type { Turn, TurnDeps } from './turn-types.ts';

/** Does a reading call and journals it with its result. A read that fails is the model's to deal with. */
export async function runRead(
  turn: Turn,
  entry: JournalEntry,
  prepared: Result<PreparedCall>,
  deps: TurnDeps,
): Promise<Result<JournalEntry>> {
  deps.notify({ type: 'tool.started', call: chatToolCall({ ...entry, state: 'running' }) });
  const outcome = prepared.ok ? await perform(turn, prepared.value, deps) : prepared;
  const saved = await createEntry(deps.store, turn, { ...entry, ...toolResult(outcome) });
  if (saved.ok) deps.notify({ type: 'tool.finished', call: chatToolCall(saved.value) });
  return saved;
}

async function perform(turn: Turn, call: PreparedCall, deps: TurnDeps): Promise<Result<unknown>> {
  if (call.kind !== 'read') throw new Error('A change is not run as a read.');
  const limit = startLimit(deps.signal);
  const { pipeline, navigate } = deps;
  const outcome = await call.run({ pipeline, navigate, me: turn.context.me, signal: limit.signal });
  limit.clear();
  if (outcome.ok || !limit.isOver()) return outcome;
  return fail('query_timeout', `It took longer than ${String(LIMITS.readMs / 1000)} seconds. Narrow it down.`);
}

/** The turn's stop or the time a read may take, whichever comes first. `AbortSignal.timeout` would keep its timer running. */
function startLimit(outer: AbortSignal) {
  const controller = new AbortController();
  let over = false;
  const stop = (): void => controller.abort();
  const timer = setTimeout(() => {
    over = true;
    stop();
  }, LIMITS.readMs);
  if (outer.aborted) stop();
  outer.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    isOver: () => over,
    clear: () => {
      clearTimeout(timer);
      outer.removeEventListener('abort', stop);
    },
  };
}
