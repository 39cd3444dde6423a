import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';
import { inBrackets, withoutBrackets } from './host.ts';

/** What went wrong at the proxy; its code is read where a person is told why. */
class ProxyError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ProxyError';
    this.code = code;
  }
}

const MAX_HEAD_BYTES = 16 * 1024;

export interface TunnelOptions {
  proxy: URL;
  host: string;
  port: number;
  trust: () => SecureContext;
  timeoutMs: number;
}

/** A connection to `host:port` through an HTTP proxy (CONNECT). Rejects with a code that begins with ERR_PROXY. */
export async function openTunnel(options: TunnelOptions): Promise<Socket> {
  const { proxy, host, port, timeoutMs } = options;
  const socket = await connectToProxy(options);
  const target = `${inBrackets(host)}:${String(port)}`;
  const lines = [`CONNECT ${target} HTTP/1.1`, `Host: ${target}`, ...authorization(proxy), '', ''];
  socket.write(lines.join('\r\n'));
  const status = await readStatus(socket, timeoutMs);
  if (status === 200) return socket;
  socket.destroy();
  if (status === 407) throw new ProxyError('ERR_PROXY_AUTH_REQUIRED', 'The proxy asks who we are (407).');
  throw new ProxyError('ERR_PROXY_TUNNEL', `The proxy does not let this through (${String(status)}).`);
}

function authorization({ username, password }: URL): string[] {
  if (username === '' && password === '') return [];
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return [`Proxy-Authorization: Basic ${Buffer.from(credentials).toString('base64')}`];
}

function connectToProxy({ proxy, trust, timeoutMs }: TunnelOptions): Promise<Socket> {
  const isTls = proxy.protocol === 'https:';
  const host = withoutBrackets(proxy.hostname);
  const port = Number(proxy.port) || (isTls ? 443 : 80);
  const socket = isTls
    ? connectTls({ host, port, servername: host, secureContext: trust(), rejectUnauthorized: true })
    : connectPlain({ host, port });
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const fail = (cause: unknown): void => {
    socket.destroy();
    reject(new ProxyError('ERR_PROXY_CONNECTION', 'The proxy cannot be reached.', { cause }));
  };
  socket.setTimeout(timeoutMs, () => fail(new Error('timeout')));
  socket.once('error', fail);
  socket.once(isTls ? 'secureConnect' : 'connect', () => {
    socket.setTimeout(0);
    socket.off('error', fail);
    resolve(socket);
  });
  return promise;
}

/** Reads the head of the proxy's answer and not a byte more: what follows belongs to the tunnel. */
function readStatus(socket: Socket, timeoutMs: number): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let head = Buffer.alloc(0);
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('readable', read).off('error', broke).off('close', broke);
  };
  const broke = (): void => {
    stop();
    socket.destroy();
    reject(new ProxyError('ERR_PROXY_TUNNEL', 'The proxy hung up.'));
  };
  const timer = setTimeout(broke, timeoutMs);
  const read = (): void => {
    for (let chunk = socket.read() as Buffer | null; chunk !== null; chunk = socket.read() as Buffer | null) {
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length > MAX_HEAD_BYTES) return broke();
      if (end < 0) continue;
      stop();
      const rest = head.subarray(end + 4);
      if (rest.length > 0) socket.unshift(rest);
      return resolve(Number(/^HTTP\/1\.[01] (\d{3})/.exec(head.toString('latin1'))?.[1] ?? 0));
    }
  };
  socket.on('readable', read).on('error', broke).on('close', broke);
  return promise;
}
