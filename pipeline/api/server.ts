import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { failure, PROBLEM_MEDIA_TYPE, toProblem } from '../../shared/errors/index.ts';
import { registerEventSocket } from './events/socket.ts';
import { guardOutside } from './outside.ts';
import { answerError, sendFailure } from './problems.ts';
import { logRequests, requestIdOf } from './request-log.ts';
import { completeDocument, type OpenApiDocument } from './openapi/index.ts';
import { PREFIX, registerRoutes } from './register.ts';
import { ROUTES } from './routes/index.ts';
import type { Services } from './services.ts';

/** A list of 100,000 references or product ids has about 4 MB. */
const BODY_LIMIT = 16_000_000;

/** How the server is reached beyond this machine. */
export interface ServerHosting {
  tls?: { cert: Buffer; key: Buffer };
  /** Addresses and networks whose forwarded headers count. */
  proxies?: readonly string[];
  mayConnect?: (address: string) => boolean;
}

/** The REST API and event stream over these services, not yet listening. */
export async function buildServer(
  services: Services,
  logger: FastifyBaseLogger,
  hosting: ServerHosting = {},
): Promise<FastifyInstance> {
  const app = fastify({
    ...(hosting.tls === undefined ? {} : { https: { ...hosting.tls, minVersion: 'TLSv1.2' as const } }),
    trustProxy: hosting.proxies === undefined ? false : [...hosting.proxies],
    genReqId: requestIdOf,
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    // A stopping server ends idle connections at once instead of waiting for their clients.
    forceCloseConnections: 'idle',
    clientErrorHandler: refuseUnreadable,
    routerOptions: { maxParamLength: 300 },
    // What is refused before a route is found, such as an address that is not UTF-8, is a problem like the others.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => sendFailure(reply, failure('not_found', 'There is no such address.')));
  logRequests(app);
  const secure = hosting.tls !== undefined || hosting.proxies !== undefined;
  guardOutside(app, { secure, mayConnect: hosting.mayConnect ?? null });
  sendSafeHeaders(app);
  app.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'unmatched' } = request.routeOptions;
    const { method } = request;
    services.metrics.observeRequest({ route, method, status: reply.statusCode, seconds: reply.elapsedTime / 1000 });
    done();
  });
  readJsonOnly(app);
  await app.register(swagger, { openapi: openApiInfo, transform: jsonSchemaTransform });
  await app.register(websocket, { options: { maxPayload: 64_000 } });
  registerRoutes(app, ROUTES, services);
  registerEventSocket(app, services);
  let document: unknown;
  app.get(`${PREFIX}/openapi.json`, { schema: { hide: true } }, () => {
    document ??= completeDocument(app.swagger() as OpenApiDocument, ROUTES, PREFIX);
    return document;
  });
  return app;
}

/** What holds for every answer: it is what it says it is, and a tenant's data stays in no cache unless a route says so. */
function sendSafeHeaders(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('x-content-type-options', 'nosniff');
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    done(null, payload);
  });
}

/** What Node itself refuses before it is a request: a line too long for it, or something that is no HTTP. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const problem = toProblem(failure(error.code === 'HPE_HEADER_OVERFLOW' ? 'header_too_large' : 'bad_request'));
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: no-store',
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Bodies are JSON. Actions such as `POST …/cancel` have no body; a client that says JSON and sends nothing means just that. */
function readJsonOnly(app: FastifyInstance): void {
  app.removeContentTypeParser('text/plain');
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parseJson(request, String(body), done);
  });
}

const openApiInfo = {
  openapi: '3.1.0',
  info: {
    title: 'Renderdesk pipeline',
    version: '1',
    description:
      'Orders of product renders. Errors are RFC 9457 problems with a stable `code`. Every POST, PUT, PATCH and DELETE ' +
      'outside /auth, /query and /products/resolve takes an `Idempotency-Key`; changes of orders, overrides, mappings ' +
      'and tenant settings take `dry_run` and `snapshot`. `WS /api/events?since=SEQ` streams state changes.',
  },
  components: { securitySchemes: { bearer: { type: 'http' as const, scheme: 'bearer' } } },
  security: [{ bearer: [] }],
};
