import { Readable } from 'node:stream';
import { auditEntrySchema, auditQuerySchema, pageOf } from '../../../shared/domain/index.ts';
import { unwrap } from '../../../shared/errors/index.ts';
import { auditCsv, listAudit, mayReadAudit } from '../../domain/audit/index.ts';
import { actorOf, rawRoute, type Route } from '../route.ts';

/** What was done, by whom, through which door. */
export const auditRoutes: readonly Route[] = [
  rawRoute({
    method: 'GET',
    path: '/audit',
    summary: 'What was done or tried, newest first: your own entries, for admins everybody’s; also as CSV',
    schemas: { query: auditQuerySchema },
    answer: pageOf(auditEntrySchema),
    fails: ['forbidden'],
    produces: ['text/csv'],
    run: async ({ request, reply, services, bearer }, { query: { limit, cursor, format, ...filter } }) => {
      if (bearer === null) throw new Error('The audit needs a bearer.');
      const actor = actorOf(bearer, 'click');
      unwrap(mayReadAudit(actor, filter));
      if ((format ?? formatOf(request.headers.accept)) === 'json') {
        return await services.database.withTenant(actor.tenantId, async (tx) =>
          unwrap(await listAudit({ tx, actor }, filter, { limit, cursor })),
        );
      }
      const pieces = auditCsv(services.database, actor, filter);
      // The first piece is read before anything is sent, so that a failure is still a problem.
      const first = await pieces.next();
      void reply.header('content-disposition', 'attachment; filename="audit.csv"');
      return reply.type('text/csv; charset=utf-8; header=present').send(Readable.from(rest(first.value ?? '', pieces)));
    },
  }),
];

async function* rest(first: string, pieces: AsyncIterable<string>): AsyncGenerator<string> {
  yield first;
  yield* pieces;
}

/** CSV for whoever asks for it and not for JSON. */
function formatOf(accept: string | undefined): 'json' | 'csv' {
  return accept !== undefined && /\btext\/csv\b/i.test(accept) && !/\bapplication\/json\b/i.test(accept)
    ? 'csv'
    : 'json';
}
