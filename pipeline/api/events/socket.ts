import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { failure } from '../../../shared/errors/index.ts';
import type { Bearer } from '../../domain/accounts/index.ts';
import { sendFailure } from '../problems.ts';
import { bearerToken } from '../bearer-token.ts';
import type { Services } from '../services.ts';

/** A listener that reads this much slower than events come is cut off; it comes back with `since`. */
const MOST_BUFFERED = 8_000_000;
/** Progress is dropped for a listener that is this far behind. */
const BUSY = 256_000;
const PING_MS = 20_000;
/** So often a long-lived connection's token is checked again. */
const RECHECK_MS = 30_000;

/** `WS /api/events?since=SEQ`, behind the same bearer check as every route. */
export function registerEventSocket(app: FastifyInstance, services: Services): void {
  const bearers = new WeakMap<FastifyRequest, Bearer>();
  app.route({
    method: 'GET',
    url: '/api/events',
    schema: { hide: true },
    onRequest: async (request, reply) => {
      const token = bearerToken(request);
      const bearer = token === null ? null : await services.bearer.check(token);
      if (bearer === null) return await sendFailure(reply, failure('unauthorized'));
      bearers.set(request, bearer);
      return undefined;
    },
    handler: (_request, reply) => sendFailure(reply, failure('bad_request', 'This address speaks WebSocket only.')),
    wsHandler: (socket: WebSocket, request) => {
      const bearer = bearers.get(request);
      if (bearer === undefined) throw new Error('An event stream was opened without a bearer.');
      void serve(socket, { request, bearer, services });
    },
  });
}

interface Stream {
  request: FastifyRequest;
  bearer: Bearer;
  services: Services;
}

async function serve(socket: WebSocket, { request, bearer, services }: Stream): Promise<void> {
  const since = readSince(request.query);
  if (since === undefined) {
    socket.close(1008, 'since must be a whole number');
    return;
  }
  let unlisten: (() => void) | null = null;
  const recheck = (): void => void endIfSignedOut(socket, request, services);
  const timers = [keepAlive(socket), setInterval(recheck, RECHECK_MS)];
  const unwatch = services.bearer.watch(bearer.userId, recheck);
  socket.on('close', () => {
    timers.forEach(clearInterval);
    unwatch();
    unlisten?.();
  });
  socket.on('error', (error) => {
    services.log.info({ err: error }, 'event stream broke');
  });
  try {
    unlisten = await services.events.listen(bearer.tenantId, since, {
      send: (event, text) => {
        if (socket.readyState !== socket.OPEN) return;
        if (event.type === 'render.progress' && socket.bufferedAmount > BUSY) return;
        if (socket.bufferedAmount > MOST_BUFFERED) socket.close(1013, 'too slow; come back with since');
        else socket.send(text);
      },
    });
    if (socket.readyState !== socket.OPEN) unlisten();
  } catch (error) {
    services.log.error({ err: error }, 'event stream could not start');
    socket.close(1011, 'try again');
  }
}

/** Pings, so that dead connections show. */
function keepAlive(socket: WebSocket): NodeJS.Timeout {
  let alive = true;
  socket.on('pong', () => {
    alive = true;
  });
  return setInterval(() => {
    if (!alive) socket.terminate();
    alive = false;
    socket.ping();
  }, PING_MS);
}

/** Closes the stream of a token that no longer holds. */
async function endIfSignedOut(socket: WebSocket, request: FastifyRequest, services: Services): Promise<void> {
  try {
    const bearer = await services.bearer.check(bearerToken(request) ?? '');
    if (bearer === null) socket.close(1008, 'signed out');
  } catch (error) {
    services.log.error({ err: error }, 'the token of an event stream could not be checked');
  }
}

/** null: from now on; undefined: not a number of an event. */
function readSince(query: unknown): number | null | undefined {
  const since = query !== null && typeof query === 'object' && 'since' in query ? query.since : undefined;
  if (since === undefined) return null;
  return typeof since === 'string' && /^\d{1,15}$/.test(since) ? Number(since) : undefined;
}
