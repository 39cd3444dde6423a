import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import type { DeskPush } from '../../shared/contract/index.ts';
import { failure, toProblem } from '../../shared/errors/index.ts';
import { createHttpBridge } from './http-bridge.ts';

interface Seen {
  method: string | undefined;
  url: string | undefined;
  type: string | undefined;
  body: Buffer;
}

const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  vi.unstubAllGlobals();
  for (const close of open.splice(0).reverse()) await close();
});

/** A door of the test's own on loopback; the window's relative addresses are led to it. */
async function door(answer: (request: Seen, response: ServerResponse) => void) {
  const seen: Seen[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = {
        method: request.method,
        url: request.url,
        type: request.headers['content-type'],
        body: Buffer.concat(chunks),
      };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => new Promise((resolve) => server.close(resolve)));
  const host = `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const real = fetch;
  vi.stubGlobal('fetch', (address: string, init: RequestInit) => real(new URL(address, `http://${host}`), init));
  return { seen, server, host, bridge: createHttpBridge({ protocol: 'http:', host }) };
}

describe('the desk over HTTP', () => {
  it('posts an operation and gives its answer as a value', async () => {
    const { bridge, seen } = await door((_request, response) => response.end(JSON.stringify([{ name: 'Steel-Bare' }])));
    expect(await bridge.call('materials.list', {})).toEqual({ ok: true, value: [{ name: 'Steel-Bare' }] });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/api/desk/materials.list', type: 'application/json' });
  });

  it('gives a problem as the failure it stands for, with its details', async () => {
    const moved = failure('snapshot_changed', undefined, { details: { snapshot: 's2' } });
    const { bridge } = await door((_request, response) =>
      response.writeHead(409, { 'content-type': 'application/problem+json' }).end(JSON.stringify(toProblem(moved))),
    );
    expect(await bridge.call('orders.get', { ref: 'x' })).toEqual({ ok: false, failure: moved });
  });

  it('tells a refused window, an answer that is none, and no answer apart', async () => {
    let status = 401;
    const { bridge, server } = await door((_request, response) => response.writeHead(status).end('<html>'));
    const code = async () => {
      const result = await bridge.call('desk.state', {});
      return result.ok ? 'ok' : result.failure.code;
    };
    expect(await code()).toBe('unauthorized');
    status = 200;
    expect(await code()).toBe('internal_error');
    server.closeAllConnections();
    server.close();
    expect(await code()).toBe('unavailable');
  });

  it('sends a dropped list as it is, beside its name', async () => {
    const { bridge, seen } = await door((_request, response) => response.end('{}'));
    await bridge.uploadProductList('Anfrage & Liste.xlsx', new Uint8Array([0, 255, 13]));
    expect(seen[0]?.url).toBe('/api/desk/product-lists?name=Anfrage%20%26%20Liste.xlsx');
    expect(seen[0]?.type).toBe('application/octet-stream');
    expect([...(seen[0]?.body ?? [])]).toEqual([0, 255, 13]);
  });
});

describe('the desk’s pushes', () => {
  it('arrive, and after a break the window is told stale, then to reload, then live', async () => {
    const { bridge, server } = await door((_request, response) => response.end());
    const sockets = new WebSocketServer({ server, path: '/api/desk/pushes' });
    open.push(() => sockets.clients.forEach((client) => client.terminate()));
    const heard: string[] = [];
    const told = (push: DeskPush) =>
      heard.push(
        push.type === 'connection'
          ? push.connection.state
          : push.type === 'pipeline.event'
            ? push.event.type
            : push.type,
      );
    open.push(bridge.onPush(told));
    await vi.waitFor(() => expect(heard).toEqual(['live']));
    const navigate: DeskPush = { type: 'navigate', view: 'orders', id: null };
    sockets.clients.forEach((client) => client.send(JSON.stringify(navigate)));
    await vi.waitFor(() => expect(heard).toEqual(['live', 'navigate']));
    sockets.clients.forEach((client) => client.terminate());
    await vi.waitFor(() => expect(heard).toEqual(['live', 'navigate', 'stale', 'reload', 'live']), { timeout: 3000 });
  });
});
