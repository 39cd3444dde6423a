import swagger from '@fastify/swagger';
import websocket from '@fastify/websocket';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { failure } from '../../shared/errors/index.ts';
import { registerEventSocket } from './events/socket.ts';
import { answerError, sendFailure } from './problems.ts';
import { registerRoutes } from './register.ts';
import { ROUTES } from './routes/index.ts';
import type { Services } from './services.ts';

/** A list of 100,000 references or product ids has about 4 MB. */
const BODY_LIMIT = 16_000_000;

/** The REST API and event stream over these services, not yet listening. */
export async function buildServer(services: Services, logger: FastifyBaseLogger): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    // A stopping server ends idle connections at once instead of waiting for their clients.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 300 },
    // What is refused before a route is found, such as an address that is not UTF-8, is a problem like the others.
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => sendFailure(reply, failure('not_found', 'There is no such address.')));
  readJsonOnly(app);
  await app.register(swagger, { openapi: openApiInfo, transform: jsonSchemaTransform });
  await app.register(websocket, { options: { maxPayload: 64_000 } });
  registerRoutes(app, ROUTES, services);
  registerEventSocket(app, services);
  app.get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
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
