import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** A real HTTP proxy on loopback. */
export interface ConnectProxy {
  readonly url: string;
  /** The hosts that were asked for with CONNECT, in order. */
  readonly asked: string[];
  close(): Promise<void>;
}

export interface ProxyRules {
  /** Where each `host:port` really is; others get 403. */
  routes: Readonly<Record<string, number>>;
  /** `user:password` that has to be given. */
  credentials?: string;
}

/** Starts a proxy that tunnels to ports of this machine and plays everything beyond it. */
export async function startConnectProxy({ routes, credentials }: ProxyRules): Promise<ConnectProxy> {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((_request, response) => response.writeHead(400).end('only CONNECT'));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, client: Socket, head) => {
    asked.push(request.url ?? '');
    const expected = credentials === undefined ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`;
    if (request.headers['proxy-authorization'] !== expected) {
      return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n');
    }
    const port = routes[request.url ?? ''];
    if (port === undefined) return void client.end('HTTP/1.1 403 Forbidden\r\n\r\n<html>no</html>');
    const target = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\nVia: test\r\n\r\n');
      target.write(head);
      target.pipe(client).pipe(target);
    });
    target.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => target.destroy());
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    asked,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}
