import type { FastifyInstance } from 'fastify';
import { failure } from '../../shared/errors/index.ts';
import { sendFailure } from './problems.ts';

/** How the server is reached from outside, as far as requests are concerned. */
export interface Outside {
  /** TLS is spoken by the server itself or by a proxy before it. */
  secure: boolean;
  /** null: no proxy; else who may connect. */
  mayConnect: ((address: string) => boolean) | null;
}

const HSTS = 'max-age=31536000';

/**
 * Behind a proxy nobody else may connect, and what came to the proxy in the clear is refused; wherever TLS is spoken,
 * clients are told to insist on it.
 */
export function guardOutside(app: FastifyInstance, { secure, mayConnect }: Outside): void {
  if (mayConnect !== null) {
    app.addHook('onRequest', async (request, reply) => {
      if (!mayConnect(request.socket.remoteAddress ?? '')) {
        return await sendFailure(reply, failure('forbidden', 'This server is reached through its proxy only.'));
      }
      if (request.protocol === 'http' && request.headers['x-forwarded-proto'] !== undefined) {
        return await sendFailure(reply, failure('insecure_endpoint', 'Use https.'));
      }
      return undefined;
    });
  }
  if (!secure) return;
  app.addHook('onSend', (_request, reply, payload, done) => {
    void reply.header('strict-transport-security', HSTS);
    done(null, payload);
  });
}
