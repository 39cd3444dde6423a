import { z } from 'zod';
import { ERROR_CODES, isErrorCode, type ErrorCode } from './codes.ts';

/** One field that was not valid: its path in the body (`render_overrides.width`) and what is wrong with it. */
export const fieldErrorSchema = z.object({ field: z.string(), message: z.string() });
export type FieldError = z.infer<typeof fieldErrorSchema>;

/** An expected failure: a stable code, a sentence that says what to do, and what else helps. Always cloneable. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly fields?: readonly FieldError[];
  /** More for a program: the new effect of a moved snapshot, the time to retry at, … */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What crosses a wire as an error: `{code, message}` and, where they help, fields and details. */
export const failureSchema = z.object({
  code: z.custom<ErrorCode>(isErrorCode),
  message: z.string(),
  fields: z.array(fieldErrorSchema).readonly().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});

/** The expected outcome of something that can fail: a value or a failure, never an exception. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

/** A successful result. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A failed result. Without a message the code's own sentence is used. */
export function fail(code: ErrorCode, message?: string, more?: Pick<Failure, 'fields' | 'details'>): Result<never> {
  return { ok: false, failure: failure(code, message, more) };
}

/** A failure as a value. Without a message the code's own sentence is used. */
export function failure(code: ErrorCode, message?: string, more?: Pick<Failure, 'fields' | 'details'>): Failure {
  return { code, message: message ?? ERROR_CODES[code].message, ...more };
}

/**
 * A failure on its way through code that has no results to return (a route, a promise chain).
 * Thrown only where something outer turns it back into a value; a bug is a plain Error.
 */
export class FailureError extends Error {
  readonly failure: Failure;

  constructor(value: Failure) {
    super(value.message);
    this.name = 'FailureError';
    this.failure = value;
  }
}

/** The value of a result, or its failure thrown. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new FailureError(result.failure);
}

/** Marks a branch that the types say cannot be reached. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
