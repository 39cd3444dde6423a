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

export function errorResult(failure: Failure): unknown {
  const { code, message } = failure;
  return { error: { code, message } };
}

/** What the model is told of calls that were not done. */
export const NOT_DONE = {
  rejected: (reason: string) => ({ rejected: true, reason }),
  cancelled: { cancelled: true, reason: 'The user stopped the answer before this ran.' },
  expired: { rejected: true, reason: 'Nobody approved it in time.' },
  waiting: { pending: true, reason: 'It waits for the approval of the user and has not run.' },
  unknown: { unknown: true, reason: 'It is not known whether this happened. Check before doing it again.' },
} as const;
