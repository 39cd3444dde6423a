import type { Failure, Result } from '../../shared/errors/index.ts';
import { LIMITS } from './limits.ts';

/** What the model is told of a call, as the journal keeps it. */
export type ToolResult = { state: 'done' | 'failed'; result: unknown };

/** The outcome of a call as the model gets it: the value, or `{error: {code, message}}`. Bounded. */
export function toolResult(outcome: Result<unknown>): ToolResult {
  if (!outcome.ok) return { state: 'failed', result: errorResult(outcome.failure) };
  const size = JSON.stringify(outcome.value)?.length ?? 0;
  if (size <= LIMITS.resultChars) return { state: 'done', result: outcome.value ?? null };
  const message = `The result is too large (${String(size)} characters). Narrow it down: aggregate, or ask for fewer.`;
  return { state: 'failed', result: { error: { code: 'payload_too_large', message } } };
}

/**
 * The end of a change that happened. However large its answer is, it is never told as failed: what does not fit is left
 * out and said so.
 */
export function doneResult(answer: unknown): ToolResult {
  const fits = toolResult({ ok: true, value: answer });
  if (fits.state === 'done') return fits;
  return { state: 'done', result: { happened: true, note: 'It was done. The answer is too large to be shown.' } };
}

export function errorResult(failure: Failure): { error: Pick<Failure, 'code' | 'message'> } {
  const { code, message } = failure;
  return { error: { code, message } };
}

/** What the model is told of calls that did not come to an answer: did it happen, did it not, or is it unknown? */
export const NOT_DONE = {
  rejected: (reason: string) => ({ rejected: true, happened: false, reason }),
  cancelled: { cancelled: true, happened: false, reason: 'The user stopped the answer before this ran.' },
  lost: { cancelled: true, happened: false, reason: 'The answer broke off before this ran. It did not happen.' },
  expired: { rejected: true, happened: false, reason: 'Nobody approved it in time.' },
  waiting: { pending: true, happened: false, reason: 'It waits for the approval of the user and has not run.' },
  unknown: {
    unknown: true,
    happened: 'unknown',
    reason: 'It is not known whether this happened. Check before doing it again.',
  },
} as const;
