import type { FastifyError, FastifyReply } from 'fastify';
import {
  failure,
  PROBLEM_MEDIA_TYPE,
  statusOf,
  toProblem,
  type Failure,
  type Result,
} from '../../../shared/errors/index.ts';

/** Answers with a failure as an RFC 9457 problem. */
export function sendProblem(reply: FastifyReply, problem: Failure): FastifyReply {
  return reply.code(statusOf(problem.code)).type(PROBLEM_MEDIA_TYPE).send(toProblem(problem));
}

/** Answers with the value of a result, or its failure as a problem. */
export function sendResult(reply: FastifyReply, result: Result<unknown>): FastifyReply {
  return result.ok ? reply.type('application/json').send(result.value) : sendProblem(reply, result.failure);
}

/** A request that the server could not even read, in our words; anything else is a bug and goes to the log. */
export function failureOfRequest(error: FastifyError, log: (line: string) => void): Failure {
  const status = error.statusCode ?? 500;
  if (status === 413) return failure('payload_too_large');
  if (status === 415) return failure('unsupported_media_type');
  if (status >= 400 && status < 500) return failure('bad_request');
  log(`error at the browser door: ${error.stack ?? error.message}`);
  return failure('internal_error');
}
