import { fail, failure, ok, type Failure, type Result } from '../../shared/errors/index.ts';
import { createAccumulator } from './accumulate.ts';
import type { ModelPatience } from './limits.ts';
import { modelFailureOf } from './model-errors.ts';
import type { ModelAnswer } from './model-types.ts';

export interface StreamOptions {
  /** Opens the stream, of events as they came together; its signal ends it. May throw what the HTTP client throws. */
  open: (signal: AbortSignal) => Promise<AsyncIterable<readonly unknown[]>>;
  key: string;
  patience: ModelPatience;
  signal: AbortSignal;
  onText: (text: string) => void;
}

/** A streamed answer, or why it broke off; `thrown` is what the client threw before an answer began. */
export type StreamOutcome = { result: Result<ModelAnswer>; thrown?: unknown };

/** Reads one streamed answer under a watchdog for silence, a deadline for the whole, and the caller's stop. */
export async function streamAnswer(options: StreamOptions): Promise<StreamOutcome> {
  const watch = startWatch(options.signal, options.patience);
  const accumulator = createAccumulator();
  let opened = false;
  try {
    const stream = await options.open(watch.signal);
    opened = true;
    for await (const events of stream) {
      watch.heard();
      for (const event of events) {
        const { text, failure: broken } = accumulator.add(event);
        if (text !== '') options.onText(text);
        if (broken) return { result: { ok: false, failure: broken } };
      }
    }
    const ended = watch.ended();
    if (ended) return { result: { ok: false, failure: ended } };
    return { result: complete(accumulator.answer()) };
  } catch (error) {
    const ended = watch.ended();
    if (ended) return { result: { ok: false, failure: ended } };
    const failed = modelFailureOf(error, options.key);
    if (!opened) return { result: { ok: false, failure: failed }, thrown: error };
    // The endpoint was reached: whatever broke now, it was the answer.
    const broke = failed.code === 'model_unreachable' ? brokenOff() : { ok: false as const, failure: failed };
    return { result: broke };
  } finally {
    watch.stop();
  }
}

/** A whole answer, judged by what is in it: finish reasons are known to contradict the content. */
function complete(answer: ModelAnswer): Result<ModelAnswer> {
  if (answer.finish === 'content_filter') return fail('model_filtered');
  if (answer.finish === null) return brokenOff();
  if (answer.finish === 'length') {
    const message = "The model's answer was cut off at its length limit. Ask for less at once.";
    return fail('model_failed', message, { details: { reason: 'length' } });
  }
  if (answer.text === '' && answer.calls.length === 0)
    return fail('model_failed', 'The model said nothing. Try again.', { details: { reason: 'empty' } });
  return ok(answer);
}

function brokenOff(): Result<never> {
  return fail('model_failed', "The model's answer broke off. Try again.", { details: { reason: 'broke_off' } });
}

function startWatch(outer: AbortSignal, patience: ModelPatience) {
  const controller = new AbortController();
  let why: Failure | undefined;
  const end = (reason: Failure): void => {
    why ??= reason;
    controller.abort();
  };
  const onStop = (): void => end(failure('stopped'));
  if (outer.aborted) onStop();
  outer.addEventListener('abort', onStop, { once: true });
  const silence = setTimeout(() => end(failure('model_timeout')), patience.firstEventMs);
  const total = setTimeout(() => end(failure('model_timeout')), patience.totalMs);
  let lastHeard = 0;
  let idle: NodeJS.Timeout | undefined;
  // One slow timer instead of one per token: it looks back at when something was last heard.
  const checkIdle = (): void => {
    if (Date.now() - lastHeard >= patience.idleMs) end(failure('model_timeout'));
  };
  return {
    signal: controller.signal,
    heard: () => {
      lastHeard = Date.now();
      if (idle) return;
      clearTimeout(silence);
      idle = setInterval(checkIdle, Math.max(10, patience.idleMs / 4));
    },
    ended: () => why,
    stop: () => {
      clearTimeout(silence);
      clearTimeout(total);
      clearInterval(idle);
      outer.removeEventListener('abort', onStop);
    },
  };
}
