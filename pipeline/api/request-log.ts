import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Bearer } from '../domain/accounts/index.ts';

const callers = new WeakMap<FastifyRequest, Bearer>();

/** Tells the log who sent a request, once that is known. */
export function noteCaller(request: FastifyRequest, bearer: Bearer): void {
  callers.set(request, bearer);
}

/** The id a client or proxy gave its request, where it is one that can stand in a log; else a new one. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,100}$/.test(given) ? given : randomUUID();
}

/**
 * One line for each request: what route, by whom, how it ended and how long it took. Neither address nor body: both may
 * hold what people wrote or a secret. The answer carries the request's id.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    void reply.header('request-id', request.id);
    done(null, payload);
  });
  app.addHook('onResponse', (request, reply, done) => {
    const bearer = callers.get(request);
    const line = {
      request_id: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      from: request.ip,
      ...(bearer === undefined ? {} : { tenant_id: bearer.tenantId, user_id: bearer.userId }),
    };
    // 503 says that something else is away, which is told where it is noticed.
    if (reply.statusCode >= 500 && reply.statusCode !== 503) app.log.error(line, 'request');
    else if (reply.statusCode >= 400) app.log.warn(line, 'request');
    else app.log.info(line, 'request');
    done();
  });
}
