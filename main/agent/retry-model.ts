import { setTimeout as sleep } from 'node:timers/promises';
import { fail, failure, type Result } from '../../shared/errors/index.ts';
import type { ModelPatience } from './limits.ts';
import { headersOfError, isPassing, messageOfError, statusOfError } from './model-errors.ts';
import type { ModelAnswer } from './model-types.ts';
import { retryAfterMs } from './retry-after.ts';
import type { StreamOutcome } from './stream-answer.ts';

export interface RetryOptions {
  attempt: () => Promise<StreamOutcome>;
  patience: ModelPatience;
  signal: AbortSignal;
  onRateLimited: (retryAt: string) => void;
  /** A 400 that names a parameter; true where it can be left out and the call repeated. */
  onUnsupported: (parameter: string) => boolean;
}

const FIRST_WAIT_MS = 1000;
const MAX_PASSING = 2;

/**
 * Repeats a model call that failed before its first event, where that makes sense: rate limits for as long as the
 * service asks and our patience lasts, passing failures twice. Nothing is repeated once an answer began.
 */
export async function withRetries(options: RetryOptions): Promise<Result<ModelAnswer>> {
  let waited = 0;
  let limited = 0;
  let passing = 0;
  for (;;) {
    const { result, thrown } = await options.attempt();
    if (result.ok || thrown === undefined) return result;
    let wait: number;
    if (statusOfError(thrown) === 429) {
      const asked = retryAfterMs(headersOfError(thrown), messageOfError(thrown), Date.now());
      wait = asked ?? FIRST_WAIT_MS * 2 ** limited++;
      if (wait > options.patience.longestWaitMs || waited + wait > options.patience.waitsMs) return busy(wait);
      options.onRateLimited(new Date(Date.now() + wait).toISOString());
    } else if (isPassing(thrown) && passing < MAX_PASSING) {
      wait = (FIRST_WAIT_MS / 2) * 2 ** passing++;
    } else if (options.onUnsupported(parameterOf(thrown))) {
      wait = 0;
    } else {
      return result;
    }
    waited += wait;
    if (!(await pause(wait, options.signal))) return fail('stopped');
  }
}

function busy(wait: number): Result<never> {
  const retryAt = new Date(Date.now() + wait).toISOString();
  const message = `The model is busy (rate limit). It asks to be left alone until ${retryAt}.`;
  return { ok: false, failure: failure('model_rate_limited', message, { details: { retry_at: retryAt } }) };
}

function parameterOf(error: unknown): string {
  const isBadRequest = statusOfError(error) === 400;
  if (!isBadRequest || typeof error !== 'object' || error === null) return '';
  if ('param' in error && typeof error.param === 'string' && error.param !== '') return error.param;
  return /stream_options/.test(messageOfError(error)) ? 'stream_options' : '';
}

/** Waits; false where the turn was stopped meanwhile. */
async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await sleep(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
