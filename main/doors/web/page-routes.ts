import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { failure } from '../../../shared/errors/index.ts';
import { contentSecurityPolicy, newStyleNonce, withStyleNonce } from '../../page-policy.ts';
import type { Access } from './access.ts';
import { sendProblem } from './answers.ts';

/** Serves the window's files, and its page with a nonce of its own for each load. */
export async function pageRoutes(app: FastifyInstance, access: Access, rendererDir: string): Promise<void> {
  await app.register(fastifyStatic, { root: join(rendererDir, 'assets'), prefix: '/assets/', index: false });

  app.get<{ Querystring: { token?: string | string[] } }>('/', async (request, reply) => {
    const { token } = request.query;
    if (token === undefined) return sendPage(reply, rendererDir);
    if (typeof token !== 'string' || !access.admits(token))
      return sendProblem(reply, failure('unauthorized', 'This token is not of this run.'));
    // The token does not stay in the address bar, the history or a referrer.
    return reply
      .setCookie(access.cookieName(), access.token, { httpOnly: true, sameSite: 'strict', path: '/' })
      .header('Cache-Control', 'no-store')
      .redirect('/', 303);
  });
}

async function sendPage(reply: FastifyReply, rendererDir: string): Promise<FastifyReply> {
  const html = await readFile(join(rendererDir, 'index.html'), 'utf8').catch(() => null);
  if (html === null) {
    return sendProblem(reply, failure('unavailable', 'The window is not built yet. Start with "npm start" once.'));
  }
  const nonce = newStyleNonce();
  return reply
    .headers({ 'Content-Security-Policy': contentSecurityPolicy(nonce), 'Cache-Control': 'no-store' })
    .type('text/html; charset=utf-8')
    .send(withStyleNonce(html, nonce));
}
