import { afterEach, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { refusal, startWireServer, type WireServer } from '../../tests/helpers/agent/index.ts';
import { PROBLEM_MEDIA_TYPE } from '../../shared/errors/index.ts';
import { directNetwork } from '../network/index.ts';
import { checkAddress } from './address.ts';
import { changes } from './changes.ts';
import { createPipelineClient } from './client.ts';
import { openEventStream } from './events.ts';

const open: WireServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

async function connect(...answers: Parameters<typeof startWireServer>) {
  const server = await startWireServer(...answers);
  open.push(server);
  const client = createPipelineClient(new URL(server.origin));
  client.setToken('secret-token');
  return { server, client };
}

const problem = (code: string, details?: object) => ({
  ...{ type: `urn:renderdesk:problem:${code}`, title: '', status: 409, detail: 'The words of the pipeline.', code },
  ...(details ? { details } : {}),
});

describe('an address a token may go to', () => {
  it.each(['https://p.example', 'http://127.0.0.1:1', 'http://localhost:8080/base', 'http://[::1]:9'])(
    'is %s',
    (address) => {
      expect(checkAddress(address, 'It').ok).toBe(true);
    },
  );
  it.each([
    'http://p.example',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.5',
    'ftp://127.0.0.1',
    'https://u:p@p.example',
    'x',
    '',
  ])('is not %s', (address) => {
    expect(checkAddress(address, 'It')).toMatchObject({ failure: { code: 'insecure_endpoint' } });
  });
});

describe('the client', () => {
  it('sends a change with its key, origin and snapshot', async () => {
    const { server, client } = await connect(
      refusal(409, problem('illegal_state'), { 'content-type': PROBLEM_MEDIA_TYPE }),
    );
    const sent = await client.change(changes.dispatch('SA-2026/1'), {
      key: 'k1',
      origin: 'assistant; tool_call=1',
      snapshot: 's1',
    });
    expect(sent).toEqual({ ok: false, failure: { code: 'illegal_state', message: 'The words of the pipeline.' } });
    expect(server.requests[0]).toMatchObject({
      method: 'POST',
      url: '/api/orders/SA-2026%2F1/dispatch?snapshot=s1',
      headers: {
        authorization: 'Bearer secret-token',
        'idempotency-key': 'k1',
        'renderdesk-origin': 'assistant; tool_call=1',
      },
    });
  });

  it('tells an answer that is not what it should be', async () => {
    const { client } = await connect(refusal(200, { items: 'none' }));
    expect(await client.read.orders({})).toMatchObject({ failure: { code: 'internal_error' } });
    const html = await connect(refusal(502, '<html>bad gateway</html>'));
    expect(await html.client.read.orders({})).toMatchObject({ failure: { code: 'pipeline_unreachable' } });
  });

  it('asks again on a new connection where the server closed the kept one meanwhile, but only once', async () => {
    const counts = new Map<unknown, number>();
    const { server, client } = await connect((response, request) => {
      const { socket } = response;
      counts.set(socket, (counts.get(socket) ?? 0) + 1);
      const isClosing = counts.get(socket) === 2 || request.url.includes('refused');
      if (isClosing) socket?.destroy();
      else
        response.writeHead(409, { 'content-type': PROBLEM_MEDIA_TYPE }).end(JSON.stringify(problem('illegal_state')));
    });
    for (let times = 0; times < 2; times += 1) {
      expect(await client.read.orders({})).toMatchObject({ failure: { code: 'illegal_state' } });
    }
    expect([server.requests.length, counts.size]).toEqual([3, 2]);
    expect(await client.read.order('refused')).toMatchObject({ failure: { code: 'pipeline_unreachable' } });
    expect(server.requests.filter(({ url }) => url.includes('refused')).length).toBe(2);
  });

  it('does not follow a redirect with its token', async () => {
    const thief = await connect(refusal(200, {}));
    const { client } = await connect(
      (response) => void response.writeHead(307, { location: `${thief.server.origin}/api/me` }).end(),
    );
    expect((await client.auth.me()).ok).toBe(false);
    expect(thief.server.requests).toEqual([]);
  });

  it('never tells its token when nobody answers', async () => {
    const client = createPipelineClient(new URL('http://127.0.0.1:1'));
    client.setToken('secret-token');
    const answer = await client.auth.me();
    expect(answer).toMatchObject({ failure: { code: 'pipeline_unreachable' } });
    expect(JSON.stringify(answer)).not.toContain('secret-token');
  });

  it('repeats a request under the same key once the pipeline is found again', async () => {
    const { server } = await connect(refusal(409, problem('illegal_state')));
    const client = createPipelineClient(new URL('http://127.0.0.1:1'));
    let recoveries = 0;
    client.recoverWith(() => {
      recoveries++;
      client.moveTo(new URL(server.origin));
      return Promise.resolve(true);
    });
    const answer = await client.change(changes.cancel('1'), { key: 'k1', origin: 'click' });
    expect(answer).toMatchObject({ failure: { code: 'illegal_state' } });
    expect([recoveries, server.requests[0]?.headers['idempotency-key']]).toEqual([1, 'k1']);
  });
});

describe('the event stream', () => {
  it('comes back by itself and asks for what it missed', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    const asked: (string | undefined)[] = [];
    server.on('connection', (socket, request) => {
      asked.push(request.url);
      socket.send(JSON.stringify({ type: 'hello', seq: 7 }));
      if (asked.length > 1) return;
      socket.send('not JSON');
      socket.send(JSON.stringify({ type: 'from.the.future', seq: 8 }));
      socket.send(JSON.stringify({ type: 'config.changed', seq: 8, at: new Date().toISOString() }), () =>
        socket.terminate(),
      );
    });
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const heard: string[] = [];
    const stream = openEventStream({
      address: () => new URL(`ws://127.0.0.1:${String(port)}/api/events`),
      token: () => 't',
      agents: directNetwork().agents,
      onEvent: ({ type }) => void heard.push(type),
      onConnection: ({ state }) => void heard.push(state),
      onLost: () => Promise.resolve(),
    });
    await expect.poll(() => asked.length, { timeout: 5000 }).toBe(2);
    await expect.poll(() => heard.length).toBe(6);
    stream.close();
    server.close();
    expect(asked).toEqual(['/api/events', '/api/events?since=8']);
    expect(heard).toEqual(['live', 'hello', 'config.changed', 'stale', 'live', 'hello']);
  });
});
