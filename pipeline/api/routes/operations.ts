import { z } from 'zod';
import { failure, FailureError, unwrap } from '../../../shared/errors/index.ts';
import { sameSecret } from '../../domain/accounts/index.ts';
import { isLoopback } from '../loopback.ts';
import { bearerToken } from '../bearer-token.ts';
import { rawRoute, type RawContext, type Route } from '../route.ts';

const good = z.literal('ok');

/** For whoever runs the server: does it live, can it work, and how much does it. */
export const operationRoutes: readonly Route[] = [
  rawRoute({
    method: 'GET',
    path: '/health',
    summary: 'Ready: the database answers, is as new as this program, and has its job queues; else 503 with the reason',
    access: 'public',
    answer: z.object({ status: good, checks: z.object({ database: good, schema: good, queue: good }) }),
    run: async ({ services }) => unwrap(await services.health()),
  }),
  rawRoute({
    method: 'GET',
    path: '/health/live',
    summary: 'Alive: this process answers, whatever its database does',
    access: 'public',
    answer: z.object({ status: good }),
    run: () => Promise.resolve({ status: 'ok' }),
  }),
  rawRoute({
    method: 'GET',
    path: '/metrics',
    summary:
      'Figures of this process as Prometheus text: from this machine, or with the token of RENDERDESK_METRICS_TOKEN',
    access: 'public',
    answer: null,
    fails: ['unauthorized'],
    produces: ['text/plain'],
    run: async (context) => {
      if (!mayRead(context)) throw new FailureError(failure('unauthorized', 'The metrics need their own token.'));
      const { metrics } = context.services;
      return context.reply.type(metrics.contentType).send(await metrics.text());
    },
  }),
];

/** Figures name no tenant, but how busy a company is is nobody else's business. */
function mayRead({ request }: RawContext): boolean {
  const token = process.env['RENDERDESK_METRICS_TOKEN'] ?? '';
  const given = bearerToken(request);
  return isLoopback(request) || (token !== '' && given !== null && sameSecret(token, given));
}
