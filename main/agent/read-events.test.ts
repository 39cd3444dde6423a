import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { LIMITS } from './limits.ts';
import { readEvents } from './read-events.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** A server that answers so; tells how many connections it saw, and whether an answer's connection was cut. */
async function serve(answer: (response: ServerResponse) => void) {
  const seen = { connections: 0, cut: 0 };
  const server = createServer((_request, response) => {
    response.on('close', () => (seen.cut += response.writableFinished ? 0 : 1));
    answer(response);
  });
  server.on('connection', () => (seen.connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

async function read(origin: string, most = Infinity): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const events of readEvents(await fetch(origin))) {
    all.push(...events);
    if (all.length >= most) break;
  }
  return all;
}

it('leaves the connection to the next request, also where the end comes after its mark', async () => {
  const { seen, origin } = await serve((response) => {
    response.write('data: 1\n\ndata: [DONE]\n\n');
    setTimeout(() => response.end(), 20);
  });
  for (let round = 0; round < 3; round += 1) {
    expect(await read(origin)).toEqual([1]);
    await sleep(60);
  }
  expect(seen).toEqual({ connections: 1, cut: 0 });
});

it('does not wait for a server that never ends its answer, and drops it', async () => {
  const { seen, origin } = await serve((response) => void response.write('data: 1\n\ndata: [DONE]\n\n'));
  expect(await read(origin)).toEqual([1]);
  expect(seen.cut).toBe(0);
  await expect.poll(() => seen.cut, { timeout: 5000 }).toBe(1);
});

it('ends the connection where nobody reads on', async () => {
  const { seen, origin } = await serve((response) => void response.write('data: 1\n\n'));
  expect(await read(origin, 1)).toEqual([1]);
  await expect.poll(() => seen.cut, { timeout: 5000 }).toBe(1);
});

it('is bounded, also where the answer is one endless line', async () => {
  const piece = 'x'.repeat(1024 * 1024);
  let sent = 0;
  const { seen, origin } = await serve((response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(piece)) sent += piece.length;
      sent += piece.length;
    };
    response.on('drain', more).on('error', () => undefined);
    response.write('data: ');
    more();
  });
  await expect(read(origin)).rejects.toThrow('larger than the limit');
  await expect.poll(() => seen.cut, { timeout: 5000 }).toBe(1);
  expect(sent).toBeLessThan(4 * LIMITS.streamBytes);
});
