import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { z } from 'zod';
import { dryRunSchema, rowsOnlySchema } from '../../shared/domain/index.ts';
import { failure, unwrap } from '../../shared/errors/index.ts';
import type { Bearer } from '../domain/accounts/index.ts';
import { auditRefusal } from './audited.ts';
import { bearerToken } from './bearer-token.ts';
import { carryOutChange, carryOutRead, inputOf, originOf } from './carry-out.ts';
import { sendFailure } from './problems.ts';
import { noteCaller } from './request-log.ts';
import { createRequestLimit, requestsPerMinute, type RequestLimit } from './request-limit.ts';
import { actorOf, type Access, type Method, type Route } from './route.ts';
import type { Services } from './services.ts';
import { createUploadLimit, registerUploads } from './uploads.ts';

/** What every address begins with. */
export const PREFIX = '/api';
/** Bodies of most routes are small; those that take lists or files say so themselves. */
const BODY_LIMIT = 2_000_000;
const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];
const guards = {
  dry_run: z.stringbool().optional(),
  snapshot: z.string().max(200).optional(),
  /** With `dry_run`: a page of the rows behind the effect's numbers. */
  rows: rowsOnlySchema.optional(),
  rows_limit: z.coerce.number().int().min(1).max(200).default(50),
  rows_cursor: z.string().max(4000).optional(),
};

/** Puts every route on the server, each behind its bearer and role check, and refuses the other methods of its path. */
export function registerRoutes(app: FastifyInstance, routes: readonly Route[], services: Services): void {
  const bearers = new WeakMap<FastifyRequest, Bearer>();
  const limit = createRequestLimit(requestsPerMinute());
  const admitUpload = createUploadLimit();
  const add = (scope: FastifyInstance, route: Exclude<Route, { kind: 'socket' }>): void => {
    scope.route({
      method: route.method,
      url: PREFIX + route.path,
      schema: schemaOf(route),
      bodyLimit: route.bodyLimit ?? BODY_LIMIT,
      onRequest: async (request, reply) => {
        const bearer = await admit(route, { request, reply, services, limit });
        if (bearer === null) return;
        noteCaller(request, bearer);
        if (reply.sent) return;
        bearers.set(request, bearer);
        if (route.uploads === true) await admitUpload(reply);
      },
      handler: (request, reply) => carryOut(route, { request, reply, bearer: bearers.get(request) ?? null }, services),
    });
  };
  const routed = routes.filter((route) => route.kind !== 'socket');
  for (const route of routed.filter(({ uploads }) => uploads !== true)) add(app, route);
  registerUploads(app, (scope) => {
    for (const route of routed.filter(({ uploads }) => uploads === true)) add(scope, route);
  });
  refuseOtherMethods(app, routes);
}

interface Admission {
  request: FastifyRequest;
  reply: FastifyReply;
  services: Services;
  limit: RequestLimit;
}

/** The bearer of the request, null where the route is public. Otherwise answers 401 or 403 itself. */
async function admit(route: Route, { request, reply, services, limit }: Admission): Promise<Bearer | null> {
  const { access } = route;
  if (access === 'public') {
    unwrap(limit.take(`address ${request.ip}`));
    return null;
  }
  const token = bearerToken(request);
  const bearer = token === null ? null : await services.bearer.check(token);
  if (bearer === null) {
    void reply.header('www-authenticate', 'Bearer');
    await sendFailure(reply, failure('unauthorized'));
    return null;
  }
  unwrap(limit.take(`token ${bearer.tokenId}`));
  services.sweeper.seen(bearer.tenantId);
  if (!reaches(bearer.role, access)) {
    const forbidden = failure('forbidden');
    if (route.kind === 'change' || route.kind === 'planned') {
      await auditRefusal({ route, request, key: null, services, actor: actorOf(bearer, originOf(request)) }, forbidden);
    }
    await sendFailure(reply, forbidden);
  }
  return bearer;
}

const RANK = { viewer: 0, operator: 1, admin: 2 } as const;

function reaches(role: keyof typeof RANK, access: Exclude<Access, 'public'>): boolean {
  return RANK[role] >= RANK[access];
}

async function carryOut(
  route: Exclude<Route, { kind: 'socket' }>,
  { request, reply, bearer }: { request: FastifyRequest; reply: FastifyReply; bearer: Bearer | null },
  services: Services,
): Promise<unknown> {
  if (route.kind === 'raw') {
    const stop = new AbortController();
    reply.raw.once('close', () => {
      stop.abort();
    });
    return await route.run({ request, reply, services, bearer, signal: stop.signal }, inputOf(request));
  }
  if (bearer === null) throw new Error(`${route.path} was reached without a bearer.`);
  const call = { request, reply, bearer, services };
  return route.kind === 'read' ? await carryOutRead(route, call) : await carryOutChange(route, call);
}

function schemaOf(route: Exclude<Route, { kind: 'socket' }>): object {
  const { params, query, body } = route.schemas;
  const querystring = route.kind === 'planned' ? strictQuery(query, guards) : strictQuery(query, {});
  const status = route.kind === 'raw' ? 200 : route.status;
  const changed = route.kind === 'planned' && route.answer !== null ? { 200: dryRunSchema } : {};
  const answer = route.answer === null ? {} : { [status]: planAnswer(route) };
  return {
    summary: route.summary,
    tags: [route.path.split('/')[1] ?? ''],
    ...(route.access === 'public' ? { security: [] } : {}),
    ...(params === undefined ? {} : { params }),
    querystring,
    ...(body === undefined ? {} : { body }),
    response: { ...changed, ...answer },
  };
}

/** A planned change answers 200 with its dry run or, where its own status is 200 as well, with either. */
function planAnswer(route: Exclude<Route, { kind: 'socket' }>): z.ZodType {
  const answer = route.answer ?? z.unknown();
  return route.kind === 'planned' && route.status === 200 ? z.union([dryRunSchema, answer]) : answer;
}

/** A misspelt parameter (`dryrun`) must not be taken for one left out. */
function strictQuery(query: z.ZodType | undefined, more: z.ZodRawShape): z.ZodType {
  const shape = query instanceof z.ZodObject ? query.shape : {};
  return z.strictObject({ ...shape, ...more });
}

function refuseOtherMethods(app: FastifyInstance, routes: readonly Route[]): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed = routes.filter((route) => route.path === path).map((route) => route.method);
    const others: HTTPMethods[] = METHODS.filter((method) => !allowed.includes(method));
    app.route({
      method: others,
      url: PREFIX + path,
      schema: { hide: true },
      handler: (_request, reply) => {
        void reply.header('allow', allowed.join(', '));
        return sendFailure(reply, failure('method_not_allowed'));
      },
    });
  }
}
