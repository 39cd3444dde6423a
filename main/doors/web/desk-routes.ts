import type { FastifyInstance } from 'fastify';
import { isOperationName, PRODUCT_LIST_MAX_BYTES } from '../../../shared/contract/index.ts';
import { failure } from '../../../shared/errors/index.ts';
import type { Desk } from '../../desk-types.ts';
import { sendProblem, sendResult } from './answers.ts';

/** A window that does not take its pushes any more is let go; it comes back and reloads. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;

/** The desk contract over HTTP: operations, dropped files, pushes and images. */
export function deskRoutes(app: FastifyInstance, desk: Desk): void {
  app.addContentTypeParser('application/octet-stream', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  app.post<{ Querystring: { name?: string } }>(
    '/api/desk/product-lists',
    { bodyLimit: PRODUCT_LIST_MAX_BYTES },
    async (request, reply) => {
      const { body } = request;
      if (!(body instanceof Uint8Array)) return sendProblem(reply, failure('unsupported_media_type'));
      return sendResult(reply, await desk.uploadProductList(request.query.name ?? '', body));
    },
  );

  app.post<{ Params: { operation: string } }>('/api/desk/:operation', async (request, reply) => {
    const { operation } = request.params;
    if (!isOperationName(operation)) return sendProblem(reply, failure('not_found'));
    return sendResult(reply, await desk.call(operation, request.body));
  });

  app.get('/api/desk/pushes', { websocket: true }, (socket) => {
    const unlisten = desk.onPush((push) => {
      if (socket.bufferedAmount > MAX_BACKLOG_BYTES) socket.terminate();
      else socket.send(JSON.stringify(push));
    });
    socket.on('close', unlisten);
    socket.on('error', unlisten);
  });

  app.get<{ Params: { id: string; variant: string } }>('/media/renders/:id/:variant', async (request, reply) => {
    const { id, variant } = request.params;
    if (variant !== 'image' && variant !== 'thumbnail') return sendProblem(reply, failure('not_found'));
    const media = await desk.media(id, variant);
    if (!media.ok) return sendProblem(reply, media.failure);
    const { bytes, contentType, etag } = media.value;
    if (!/^image\/(webp|png|jpeg|avif)$/.test(contentType)) return sendProblem(reply, failure('internal_error'));
    if (etag !== null) void reply.header('ETag', etag);
    void reply.header('Cache-Control', 'private, max-age=86400');
    if (etag !== null && request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type(contentType).send(Buffer.from(bytes));
  });
}
