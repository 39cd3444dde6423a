import type { FastifyReply } from 'fastify';
import { renderLogSchema, renderSchema, renderStatsSchema, statsQuerySchema } from '../../../shared/domain/index.ts';
import { failure, FailureError, ok, unwrap, type ErrorCode } from '../../../shared/errors/index.ts';
import { findRender, presentRender } from '../../domain/renders/index.ts';
import { renderStats } from '../../domain/stats/index.ts';
import { thumbnailKey } from '../../store/index.ts';
import { hasAlready, readRange } from '../conditional.ts';
import { rawRoute, readRoute, type RawContext, type Route } from '../route.ts';
import { looseIdParams } from './common.ts';

const IMAGE_FAILURES = ['image_not_ready', 'image_lost', 'storage_unavailable'] as const satisfies ErrorCode[];

/** Renders, their images, and what became of them. */
export const renderRoutes: readonly Route[] = [
  readRoute({
    method: 'GET',
    path: '/renders/:id',
    summary: 'One render',
    schemas: { params: looseIdParams },
    answer: renderSchema,
    run: async ({ tx }, { params }) => {
      const found = await findRender(tx, params.id);
      return found.ok ? ok(presentRender(found.value)) : found;
    },
  }),
  readRoute({
    method: 'GET',
    path: '/renders/:id/log',
    summary: 'What a render said while it ran',
    schemas: { params: looseIdParams },
    answer: renderLogSchema,
    run: async ({ tx }, { params }) => {
      const found = await findRender(tx, params.id);
      return found.ok ? ok({ render_id: found.value.id, lines: found.value.log }) : found;
    },
  }),
  rawRoute({
    method: 'GET',
    path: '/renders/:id/image',
    summary: 'The image in its ordered format and size',
    schemas: { params: looseIdParams },
    answer: null,
    conditional: true,
    fails: IMAGE_FAILURES,
    produces: ['image/webp', 'image/png', 'image/jpeg', 'image/avif'],
    run: (context, { params }) => sendImage(context, params.id, 'image'),
  }),
  rawRoute({
    method: 'GET',
    path: '/renders/:id/thumbnail',
    summary: 'The image as WebP, at most 320 pixels wide and high',
    schemas: { params: looseIdParams },
    answer: null,
    conditional: true,
    fails: IMAGE_FAILURES,
    produces: ['image/webp'],
    run: (context, { params }) => sendImage(context, params.id, 'thumbnail'),
  }),
  readRoute({
    method: 'GET',
    path: '/stats/renders',
    summary: 'Throughput, durations, waits and failures of a period, and the queue now',
    schemas: { query: statsQuerySchema },
    answer: renderStatsSchema,
    run: ({ tx }, { query }) => renderStats(tx, query),
  }),
];

/** Lets a client keep what it got; a failure must not be kept. */
function keep(reply: FastifyReply, tag: string): FastifyReply {
  return reply.header('etag', tag).header('cache-control', 'private, max-age=31536000, immutable');
}

/** An image never changes once it is published, so a client may keep it. */
async function sendImage(context: RawContext, id: string, variant: 'image' | 'thumbnail'): Promise<unknown> {
  const { reply, request, services, bearer } = context;
  if (bearer === null) throw new Error('Images need a bearer.');
  const render = unwrap(await services.database.withTenant(bearer.tenantId, (tx) => findRender(tx, id)));
  if (render.imageKey === null) {
    if (render.status === 'done') await services.queue.drawSampleSoon(render.id);
    throw new FailureError(failure('image_not_ready'));
  }
  const key = variant === 'image' ? render.imageKey : thumbnailKey(render.imageKey);
  const tag = `"${key.split('/').at(-1) ?? key}"`;
  if (hasAlready(request.headers['if-none-match'], tag)) return keep(reply, tag).code(304).send();
  const bytes = unwrap(await services.store.read(key));
  const format = variant === 'image' ? render.settings.format : 'webp';
  const range = readRange(request.headers, { tag, size: bytes.length });
  if (range === 'none') {
    void reply.header('content-range', `bytes */${bytes.length}`);
    throw new FailureError(failure('range_not_satisfiable'));
  }
  void keep(reply, tag).type(`image/${format}`).header('accept-ranges', 'bytes');
  if (range === null) return reply.send(bytes);
  const { first, last } = range;
  return reply
    .code(206)
    .header('content-range', `bytes ${first}-${last}/${bytes.length}`)
    .send(bytes.subarray(first, last + 1));
}
