import { z } from 'zod';
import { queryAnswerSchema, queryRequestSchema, querySchemaSchema } from '../../../shared/domain/index.ts';
import { ok, unwrap } from '../../../shared/errors/index.ts';
import { tenantTimeZone } from '../../domain/tenants/index.ts';
import { describeViews } from '../../query/index.ts';
import { recallKey } from '../idempotency.ts';
import { rawRoute, readRoute, type Route } from '../route.ts';

const keyParams = z.object({ key: z.string().min(1).max(200) });

/** What is neither orders nor chat: read-only SQL, what a key did, and the event stream. */
export const serviceRoutes: readonly Route[] = [
  rawRoute({
    method: 'POST',
    path: '/query',
    summary: 'One SELECT over the documented views, read-only, within limits',
    fails: ['query_refused', 'query_failed', 'query_timeout', 'query_busy', 'stopped'],
    schemas: { body: queryRequestSchema },
    answer: queryAnswerSchema,
    run: async ({ services, bearer, signal }, { body }) => {
      if (bearer === null) throw new Error('A query needs a bearer.');
      const answer = await services.query.run(bearer.tenantId, body.sql, signal);
      services.metrics.countQuery(answer.ok ? 'ok' : answer.failure.code);
      return unwrap(answer);
    },
  }),
  readRoute({
    method: 'GET',
    path: '/query/schema',
    summary: 'The documented views of /query, each column with its type and description, and the limits',
    answer: querySchemaSchema,
    run: async ({ tx }) => ok(await describeViews(tx, await tenantTimeZone(tx))),
  }),
  readRoute({
    method: 'GET',
    path: '/idempotency/:key',
    summary: 'The first answer under a key, without acting',
    fails: ['in_flight'],
    schemas: { params: keyParams },
    answer: z.object({ status: z.number().int(), answer: z.unknown() }),
    run: ({ tx, actor }, { params }) => recallKey(tx, actor, params.key),
  }),
  {
    kind: 'socket',
    method: 'GET',
    path: '/events',
    summary: 'WebSocket: state changes numbered without gaps, and progress',
    access: 'viewer',
    schemas: { query: z.strictObject({ since: z.coerce.number().int().min(0).optional() }) },
  },
];
