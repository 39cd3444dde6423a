import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request of the desk on its way to the pipeline. */
export interface Passing {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** Where the gate falls: before a request reaches the pipeline, or after it did and before its answer is told. */
export interface Fall {
  readonly on: (passing: Passing) => boolean;
  readonly when: 'before' | 'after';
  /** Ends the desk; nothing more passes from then on. */
  readonly strike: () => Promise<void>;
}

/** A way from the desk to its pipeline on which every request can be seen and cut at. */
export interface Gate {
  readonly origin: string;
  /** Falls once at the next request that it is set on; null opens the gate. */
  set(fall: Fall | null): void;
  /** Has it fallen since it was set? */
  fell(): boolean;
  close(): Promise<void>;
}

/** Opens a gate on a free loopback port. Event streams do not pass: a desk has to do without them too. */
export async function openGate(pipeline: string): Promise<Gate> {
  let fall: Fall | null = null;
  let fallen = false;
  const server = createServer((request, response) => {
    void pass(request, response).catch(() => response.destroy());
  });
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const bytes = await read(request);
    const hits = fall !== null && !fallen && fall.on(seen(request, bytes)) ? fall : null;
    if (fall !== null && fallen) return void response.destroy();
    if (hits) fallen = true;
    if (hits?.when === 'before') {
      await hits.strike();
      return void response.destroy();
    }
    const answer = await forward(pipeline, request, bytes);
    if (hits) {
      await hits.strike();
      return void response.destroy();
    }
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body);
  };
  server.on('upgrade', (_request, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    set: (next) => {
      fall = next;
      fallen = false;
    },
    fell: () => fallen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function seen({ method = '', url = '' }: IncomingMessage, bytes: Buffer): Passing {
  const text = bytes.toString('utf8');
  const body: unknown = text.startsWith('{') ? JSON.parse(text) : {};
  return { method, path: url, body: body as Record<string, unknown> };
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function forward(pipeline: string, { method, url = '', headers }: IncomingMessage, bytes: Buffer) {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const { host: _host, connection: _connection, ...kept } = headers;
  send(pipeline + url, { method, headers: kept }, resolve)
    .on('error', reject)
    .end(bytes);
  const answer = await promise;
  const { 'transfer-encoding': _encoding, connection: _kept, ...told } = answer.headers;
  return { status: answer.statusCode ?? 500, headers: told, body: await read(answer) };
}
