import type { FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { DatabaseError } from 'pg';
import { isDatabaseGone } from '../db/index.ts';
import {
  failure,
  FailureError,
  PROBLEM_MEDIA_TYPE,
  statusOf,
  toProblem,
  type ErrorCode,
  type Failure,
  type FieldError,
} from '../../shared/errors/index.ts';

/** Answers with a failure as `application/problem+json`. */
export function sendFailure(reply: FastifyReply, value: Failure): FastifyReply {
  const retryAfter = value.details?.['retry_after_s'];
  if (typeof retryAfter === 'number') void reply.header('retry-after', String(retryAfter));
  return reply
    .code(statusOf(value.code))
    .type(PROBLEM_MEDIA_TYPE)
    .serializer((body: unknown) => JSON.stringify(body))
    .send(toProblem(value));
}

/** Turns whatever a route threw into a problem: our failures as they are, the framework's by code, the rest as a bug. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof FailureError) return sendFailure(reply, error.failure);
  if (hasZodFastifySchemaValidationErrors(error)) return sendFailure(reply, invalid(error));
  const known = FRAMEWORK_CODES[codeOf(error)];
  if (known !== undefined) return sendFailure(reply, failure(known));
  const refused = refusedByDatabase(error);
  if (refused !== null) return sendFailure(reply, failure('validation_failed', refused));
  if (isDatabaseGone(error)) {
    request.log.warn(`the database is away (${error instanceof Error ? error.message : 'no reason given'})`);
    return sendFailure(reply, failure('unavailable', DATABASE_AWAY, { details: { retry_after_s: 1 } }));
  }
  request.log.error({ err: error }, 'request failed');
  return sendFailure(reply, failure('internal_error'));
}

/** What the web framework itself refuses, by its code. */
const FRAMEWORK_CODES: Record<string, ErrorCode | undefined> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad_request',
  FST_ERR_BAD_URL: 'bad_request',
};

const DATABASE_AWAY = 'The database is not there at this moment. Try again in a moment, with the same Idempotency-Key.';

const UNSTORABLE = 'A text holds a character that cannot be stored (NUL or half of a surrogate pair). Leave it out.';

const NO_SUCH_TIME = 'A time is outside of what can be stored. Give one between the years 1 and 9999.';

/**
 * The sentence for a value that no schema of ours refuses and PostgreSQL does: it stores neither NUL in a text nor half a
 * surrogate pair in a JSON value, and has no year 0.
 */
function refusedByDatabase(error: unknown): string | null {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof DatabaseError)) return null;
  if (cause.code === '22008') return NO_SUCH_TIME;
  const isText = cause.code === '22021' || cause.code === '22P05';
  return isText || (cause.code === '22P02' && cause.message.includes('json')) ? UNSTORABLE : null;
}

function codeOf(error: unknown): string {
  if (error instanceof SyntaxError) return 'FST_ERR_CTP_INVALID_JSON_BODY';
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function invalid(error: {
  validationContext?: string | undefined;
  validation: { instancePath: string; message?: string; params?: object; keyword?: string }[];
}): Failure {
  // A malformed id in the path names nothing.
  if (error.validationContext === 'params') return failure('not_found');
  const fields = error.validation.flatMap(fieldErrors);
  const named = [...new Set(fields.map(({ field }) => field))].slice(0, 5).join(', ');
  return failure('validation_failed', `Not valid: ${named}. Correct the fields named and send it again.`, { fields });
}

interface Issue {
  path: string;
  message: string;
  /** Names that a strict object does not know. */
  keys?: unknown;
  /** The issues of each branch of a union. */
  errors?: unknown;
}

function fieldErrors(issue: { instancePath: string; message?: string; params?: object }): FieldError[] {
  const path = issue.instancePath.split('/').filter(Boolean).join('.');
  return describeIssue({ ...issue.params, path, message: issue.message ?? 'not valid' });
}

function describeIssue({ path, message, keys, errors }: Issue): FieldError[] {
  if (Array.isArray(keys) && keys.length > 0) {
    return keys.map((key) => ({ field: [path, String(key)].filter(Boolean).join('.'), message: 'is not known here' }));
  }
  const branches = Array.isArray(errors) ? (errors as ZodIssue[][]) : [];
  const [nearest] = branches.filter((branch) => branch.length > 0).sort((a, b) => a.length - b.length);
  if (nearest === undefined) return [{ field: path === '' ? 'body' : path, message }];
  return nearest.flatMap((inner) => describeIssue({ ...inner, path: joinPath(path, inner.path) }));
}

function joinPath(path: string, inner: readonly (string | number)[]): string {
  return [...(path === '' ? [] : [path]), ...inner].join('.');
}

interface ZodIssue {
  path: (string | number)[];
  message: string;
  keys?: unknown;
  errors?: unknown;
}
