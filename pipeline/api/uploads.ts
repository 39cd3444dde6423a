import type { FastifyInstance, FastifyReply } from 'fastify';
import { validatorCompiler } from 'fastify-type-provider-zod';
import { failure } from '../../shared/errors/index.ts';
import type { Upload } from '../domain/product-import/index.ts';
import { sendFailure } from './problems.ts';

/** What is received and worked on at once in this process; each may hold some hundred megabytes. */
const MOST_AT_ONCE = 2;
const RETRY_S = 10;

/** Registers routes whose body is a file: kept as bytes, looked at by the route itself, a few at a time. */
export function registerUploads(app: FastifyInstance, add: (scope: FastifyInstance) => void): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    for (const format of ['csv', 'json'] as const) {
      const type = format === 'csv' ? 'text/csv' : 'application/json';
      scope.addContentTypeParser(type, { parseAs: 'buffer' }, (_request, body, parsed) => {
        parsed(null, { format, bytes: body } as Upload);
      });
    }
    scope.setValidatorCompiler((part) =>
      part.httpPart === 'body' ? (body: unknown) => ({ value: body }) : validatorCompiler(part as never),
    );
    add(scope);
    done();
  });
}

/** Lets so many uploads in at once and answers the others 429, before their body is read. */
export function createUploadLimit(): (reply: FastifyReply) => Promise<void> {
  let running = 0;
  return async (reply) => {
    if (running >= MOST_AT_ONCE) {
      const sentence = `Other imports are running. Try again in ${RETRY_S} seconds.`;
      await sendFailure(reply, failure('rate_limited', sentence, { details: { retry_after_s: RETRY_S } }));
      return;
    }
    running += 1;
    reply.raw.once('close', () => {
      running -= 1;
    });
  };
}
