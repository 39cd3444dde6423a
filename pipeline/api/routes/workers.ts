import { workerListSchema } from '../../../shared/domain/index.ts';
import { ok } from '../../../shared/errors/index.ts';
import { listWorkers } from '../../domain/workers/index.ts';
import { readRoute, type Route } from '../route.ts';

/** Who renders. */
export const workerRoutes: readonly Route[] = [
  readRoute({
    method: 'GET',
    path: '/workers',
    summary: 'The render workers: what they draw with, since when, and when they were last heard of',
    access: 'operator',
    answer: workerListSchema,
    run: async ({ tx }) => ok({ items: await listWorkers(tx) }),
  }),
];
