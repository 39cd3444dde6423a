import { setTimeout as sleep } from 'node:timers/promises';
import { fail, type Result } from '../../shared/errors/index.ts';
import { readCallError, type CallError } from './call-error.ts';
import type { ModelPatience } from './limits.ts';
import { isPassing, isRateLimit } from './model-errors.ts';
import type { ModelAnswer } from './model-types.ts';
import { retryAfterMs } from './retry-after.ts';
import type { StreamOutcome } from './stream-answer.ts';

export interface RetryOptions {
  attempt: () => Promise<StreamOutcome>;
  patience: ModelPatience;
  signal: AbortSignal;
  onRateLimited: (retryAt: string) => void;
  /** A refused request; true where something was learned and the call is worth repeating at once. */
  onRefused: (refused: CallError) => boolean;
}

const FIRST_WAIT_MS = 1000;
/** A service that asks for no wait at all, again and again, is asked more and more rarely. */
const SHORTEST_WAIT_MS = 100;
const MAX_PASSING = 2;

/**
 * Repeats a model call that failed before its first event, where that makes sense: rate limits for as long as the
 * service asks and our patience lasts, passing failures twice. Nothing is repeated once an answer began, so no tool runs
 * a second time: the calls of an answer are only known at its end.
 */
export async function withRetries(options: RetryOptions): Promise<Result<ModelAnswer>> {
  const { patience, signal } = options;
  let waited = 0;
  let limited = 0;
  let passing = 0;
  for (;;) {
    const { result, thrown } = await options.attempt();
    if (result.ok || thrown === undefined) return result;
    const error = readCallError(thrown);
    let wait = 0;
    if (isRateLimit(error)) {
      wait = rateLimitWait(error, limited++);
      if (wait > patience.longestWaitMs || waited + wait > patience.waitsMs) return busy(wait);
      options.onRateLimited(fromNow(wait));
    } else if (isPassing(error) && passing < MAX_PASSING) {
      wait = (FIRST_WAIT_MS / 2) * 2 ** passing++;
    } else if (!options.onRefused(error)) {
      return result;
    }
    waited += wait;
    if (!(await pause(wait, signal))) return fail('stopped');
  }
}

/** As long as the service asks; else, and where it asks for next to nothing, longer each time. */
function rateLimitWait(error: CallError, times: number): number {
  const asked = retryAfterMs(error.headers, error.message, Date.now());
  return asked === undefined ? FIRST_WAIT_MS * 2 ** times : Math.max(asked, SHORTEST_WAIT_MS * 2 ** times);
}

function busy(wait: number): Result<never> {
  const message = `The model is busy (rate limit) and asks for ${inWords(wait)} of rest. Try again after that.`;
  return fail('model_rate_limited', message, { details: { reason: 'rate_limit', retry_at: fromNow(wait) } });
}

/** 2000000 -> `34 minutes`. */
function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 120) return `${String(seconds)} second${seconds === 1 ? '' : 's'}`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${String(minutes)} minutes` : `${String(Math.ceil(minutes / 60))} hours`;
}

function fromNow(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
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
