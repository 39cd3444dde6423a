import { isIP, type Socket } from 'node:net';
import { connect, type SecureContext, type TLSSocket } from 'node:tls';
import { openTunnel } from './open-tunnel.ts';

/** Opens every TLS connection that Node makes beyond this machine, directly or through a proxy. */
export type OpenSecure = (host: string, port: number) => Promise<TLSSocket>;

export interface OpenSecureOptions {
  /** The proxy on the way to a host, null: none. */
  proxyFor: (host: string, port: number) => Promise<URL | null>;
  trust: () => SecureContext;
}

const CONNECT_MS = 15_000;

/** One opener for fetch, the pipeline's client and its event stream, so that none of them knows another way out. */
export function createOpenSecure({ proxyFor, trust }: OpenSecureOptions): OpenSecure {
  return async (host, port) => {
    const proxy = await proxyFor(host, port);
    const tunnel = proxy ? await openTunnel({ proxy, host, port, trust, timeoutMs: CONNECT_MS }) : undefined;
    return await startTls(host, port, tunnel, trust());
  };
}

function startTls(
  host: string,
  port: number,
  tunnel: Socket | undefined,
  secureContext: SecureContext,
): Promise<TLSSocket> {
  const socket = connect({
    ...(tunnel ? { socket: tunnel } : { host, port }),
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    secureContext,
    // Also where NODE_TLS_REJECT_UNAUTHORIZED=0 says otherwise.
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
  });
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  const fail = (error: Error): void => {
    socket.destroy();
    tunnel?.destroy();
    reject(error);
  };
  const timer = setTimeout(
    () => fail(Object.assign(new Error('Nobody answered.'), { code: 'UND_ERR_CONNECT_TIMEOUT' })),
    CONNECT_MS,
  );
  socket.once('error', fail);
  socket.once('secureConnect', () => {
    clearTimeout(timer);
    socket.off('error', fail);
    socket.setNoDelay(true);
    resolve(socket);
  });
  socket.once('close', () => {
    clearTimeout(timer);
    reject(new Error('The connection was closed.', { cause: { code: 'ECONNRESET' } }));
  });
  return promise;
}
