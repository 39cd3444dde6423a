export { ERROR_CODES, isErrorCode, type ErrorCode } from './codes.ts';
export {
  assertNever,
  fail,
  failure,
  FailureError,
  failureSchema,
  ok,
  unwrap,
  type Failure,
  type FieldError,
  type Result,
} from './failure.ts';
export { fromProblem, PROBLEM_MEDIA_TYPE, problemSchema, statusOf, toProblem, type Problem } from './problem.ts';
