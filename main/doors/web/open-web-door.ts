import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastifyCookie from '@fastify/cookie';
import fastifyWebsocket from '@fastify/websocket';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { failure } from '../../../shared/errors/index.ts';
import type { Desk } from '../../desk-types.ts';
import { PAGE_HEADERS } from '../../page-policy.ts';
import { createAccess, type Access } from './access.ts';
import { failureOfRequest, sendProblem } from './answers.ts';
import { chatApi } from './chat-api.ts';
import { deskRoutes } from './desk-routes.ts';
import { pageRoutes } from './page-routes.ts';

export interface WebDoor {
  /** `http://127.0.0.1:PORT`, without the token. */
  origin: string;
  /** The address a person opens. */
  address: string;
  /** The same, good for one visit. */
  addressForOnce(): string;
  close(): Promise<void>;
}

export interface WebDoorOptions {
  desk: Desk;
  /** 0: any free port. */
  port: number;
  /** The built window; below the checkout's root if not given. */
  rendererDir?: string;
  log: (line: string) => void;
}

const RENDERER_DIR = join(import.meta.dirname, '..', '..', '..', 'out', 'renderer');
const MAX_PUSH_BYTES = 64 * 1024;

/** Opens the browser door on loopback: the window's files, the desk contract and the Chat API behind one token. */
export async function openWebDoor(options: WebDoorOptions): Promise<WebDoor> {
  const app = fastify({ forceCloseConnections: true });
  const access = createAccess();
  // Before our own hook: it reads the cookie.
  await app.register(fastifyCookie);
  app.addHook('onRequest', async (request, reply) => {
    // The page takes its token from the address; its own route checks it.
    const refused = access.refuse(request);
    if (refused?.code === 'unauthorized' && isTokenVisit(request.url)) return;
    if (refused) return sendProblem(reply, refused);
  });
  app.addHook('onSend', async (_request, reply) => void reply.headers(PAGE_HEADERS));
  app.setErrorHandler((error: FastifyError, _request, reply) =>
    sendProblem(reply, failureOfRequest(error, options.log)),
  );
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, failure('not_found')));
  await app.register(fastifyWebsocket, { options: { maxPayload: MAX_PUSH_BYTES } });

  chatApi(app, options.desk);
  deskRoutes(app, options.desk);
  await pageRoutes(app, access, options.rendererDir ?? RENDERER_DIR);
  await app.listen({ host: '127.0.0.1', port: options.port });
  return door(app, access);
}

function door(app: FastifyInstance, access: Access): WebDoor {
  const { port } = app.server.address() as AddressInfo;
  access.listensOn(port);
  const origin = `http://127.0.0.1:${String(port)}`;
  return {
    origin,
    address: `${origin}/?token=${access.token}`,
    addressForOnce: () => `${origin}/?token=${access.newTicket()}`,
    close: () => app.close(),
  };
}

function isTokenVisit(url: string): boolean {
  return url.startsWith('/?token=');
}
