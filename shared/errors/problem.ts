import { z } from 'zod';
import { ERROR_CODES, isErrorCode, type ErrorCode } from './codes.ts';
import { fieldErrorSchema, type Failure } from './failure.ts';

/** The media type of an error body on the REST API (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** An RFC 9457 problem with our stable `code`, the fields named, and extension members in `details`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(fieldErrorSchema).optional(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** The HTTP status of a code. */
export function statusOf(code: ErrorCode): number {
  return ERROR_CODES[code].status;
}

/** A failure as an RFC 9457 problem. */
export function toProblem(value: Failure): Problem {
  return {
    type: `urn:renderdesk:problem:${value.code}`,
    title: ERROR_CODES[value.code].message,
    status: statusOf(value.code),
    detail: value.message,
    code: value.code,
    ...(value.fields ? { errors: [...value.fields] } : {}),
    ...(value.details ? { details: { ...value.details } } : {}),
  };
}

/** A problem body as a failure; a code that is not ours becomes `internal_error` with its text kept. */
export function fromProblem(problem: Problem): Failure {
  return {
    code: isErrorCode(problem.code) ? problem.code : 'internal_error',
    message: problem.detail,
    ...(problem.errors ? { fields: problem.errors } : {}),
    ...(problem.details ? { details: problem.details } : {}),
  };
}
