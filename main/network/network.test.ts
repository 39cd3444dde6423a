import { createServer, type Server } from 'node:https';
import { createServer as createPlain, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import {
  authorityMissing,
  createAuthority,
  startConnectProxy,
  type ConnectProxy,
  type TlsAuthority,
} from '../../tests/helpers/network/index.ts';
import { createPipelineClient } from '../pipeline/index.ts';
import { createNetwork, type Network, type ShellStack } from './network.ts';
import { NO_NETWORK_SETTINGS, type NetworkSettings } from './network-settings.ts';

const missing = authorityMissing();
const HOST = 'models.test';
let authority: TlsAuthority;
let server: Server;
let port: number;
let ca: NetworkSettings['ca'];
const seen: string[] = [];
const open: { close(): Promise<void> }[] = [];

const answer: RequestListener = (request, response) => {
  seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
  if (request.url === '/moved') return void response.writeHead(307, { location: 'https://thief.test/' }).end();
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok"}');
};

beforeAll(async () => {
  if (missing !== null) return;
  authority = await createAuthority();
  ca = { file: authority.caFile, pem: await readFile(authority.caFile, 'utf8') };
  server = createServer(await authority.issue(HOST), answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  seen.length = 0;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await authority?.remove();
});

function network(settings: Partial<NetworkSettings>, stack?: ShellStack): Network {
  const made = createNetwork({ ...NO_NETWORK_SETTINGS, ...settings }, stack);
  open.push(made);
  return made;
}

async function proxy(credentials?: string): Promise<ConnectProxy> {
  const routes = { [`${HOST}:443`]: port, 'other.test:443': port };
  const started = await startConnectProxy({ routes, ...(credentials === undefined ? {} : { credentials }) });
  open.push(started);
  return started;
}

/** The code under the "fetch failed" of an attempt. */
async function whyNot(attempt: Promise<unknown>): Promise<string> {
  const error: unknown = await attempt.then(
    () => new Error('It worked.'),
    (thrown: unknown) => thrown,
  );
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return String(cause);
  return 'code' in cause ? String(cause.code) : cause.message;
}

describe.skipIf(missing !== null)('beyond this machine', () => {
  it('goes through the proxy, with the company’s certificates: fetch, the pipeline’s client and its events', async () => {
    const way = await proxy();
    const out = network({ proxy: new URL(way.url), ca });
    expect(await (await out.fetch(`https://${HOST}/model`)).json()).toEqual({ status: 'ok' });
    const me = await createPipelineClient(new URL(`https://${HOST}`), out).auth.me();
    expect(me).toMatchObject({ failure: { code: 'internal_error' } });
    const sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => socket.send('hello'));
    const events = new WebSocket(`wss://${HOST}/api/events`, { agent: out.agents.https });
    const heard = await new Promise((resolve) => events.on('message', (data) => resolve(String(data))));
    events.terminate();
    sockets.close();
    expect(heard).toBe('hello');
    expect(seen).toEqual(['GET /model', 'GET /api/me']);
    expect(new Set(way.asked)).toEqual(new Set([`${HOST}:443`]));
    // The events share the connections of the client.
    expect(way.asked.length).toBe(2);
  });

  it('gives the proxy its password, and says when it is missing', async () => {
    const way = await proxy('a@b:pä');
    const url = new URL(way.url);
    expect(await whyNot(network({ proxy: url, ca }).fetch(`https://${HOST}/`))).toBe('ERR_PROXY_AUTH_REQUIRED');
    const known = new URL(way.url);
    known.username = 'a%40b';
    known.password = encodeURIComponent('pä');
    expect((await network({ proxy: known, ca }).fetch(`https://${HOST}/`)).status).toBe(200);
  });

  it('says what is wrong with the proxy', async () => {
    const way = await proxy();
    const out = network({ proxy: new URL(way.url), ca });
    expect(await whyNot(out.fetch('https://forbidden.test/'))).toBe('ERR_PROXY_TUNNEL');
    const dead = network({ proxy: new URL('http://127.0.0.1:1'), ca });
    expect(await whyNot(dead.fetch(`https://${HOST}/`))).toBe('ERR_PROXY_CONNECTION');
  });

  it('is trusted only as its certificate says, whatever the environment allows', async () => {
    const way = await proxy();
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const strangers = network({ proxy: new URL(way.url) });
      expect(await whyNot(strangers.fetch(`https://${HOST}/`))).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
      const misnamed = network({ proxy: new URL(way.url), ca });
      expect(await whyNot(misnamed.fetch('https://other.test/'))).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
      const client = createPipelineClient(new URL('https://other.test'), misnamed);
      expect(await client.auth.me()).toMatchObject({
        failure: {
          code: 'pipeline_unreachable',
          message: 'The render pipeline cannot be trusted: its certificate is for another name. Check the address.',
        },
      });
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
    expect(seen).toEqual([]);
  });

  it('follows no redirect, also where it is asked to', async () => {
    const way = await proxy();
    const out = network({ proxy: new URL(way.url), ca });
    expect(await whyNot(out.fetch(`https://${HOST}/moved`, { redirect: 'follow' }))).toBe('unexpected redirect');
    expect(way.asked).toEqual([`${HOST}:443`]);
  });

  it('goes past the proxy to the hosts it is told', async () => {
    const way = await proxy();
    const out = network({ proxy: new URL(way.url), noProxy: ['.test'], ca });
    expect(await whyNot(out.fetch(`https://${HOST}/`))).toMatch(/ENOTFOUND|EAI_AGAIN/);
    expect(way.asked).toEqual([]);
  });

  it('uses the shell’s stack, and its proxies for the event stream; a setting of ours goes before it', async () => {
    const way = await proxy();
    const asked: [string, RequestInit | undefined][] = [];
    const stack: ShellStack = {
      fetch: (input, init) => {
        asked.push([String(input), init]);
        return Promise.resolve(Response.json({ status: 'shell' }));
      },
      resolveProxy: () => Promise.resolve(`PROXY ${new URL(way.url).host}; DIRECT`),
    };
    const out = network({}, stack);
    expect(out.needsFetch(new URL(`https://${HOST}`))).toBe(true);
    expect(await (await out.fetch(`https://${HOST}/`)).json()).toEqual({ status: 'shell' });
    await createPipelineClient(new URL(`https://${HOST}`), out).auth.me();
    expect(asked.map(([url]) => url)).toEqual([`https://${HOST}/`, `https://${HOST}/api/me`]);
    expect(asked.map(([, init]) => init)).toEqual([
      expect.objectContaining({ redirect: 'error', credentials: 'omit' }),
      expect.objectContaining({ redirect: 'error', credentials: 'omit' }),
    ]);
    const events = new WebSocket(`wss://${HOST}/`, { agent: out.agents.https });
    await new Promise((resolve) => events.on('error', resolve));
    expect(way.asked).toEqual([`${HOST}:443`]);
    const ours = network({ ca, proxy: new URL(way.url) }, stack);
    expect(ours.needsFetch(new URL(`https://${HOST}`))).toBe(false);
    expect(await (await ours.fetch(`https://${HOST}/`)).json()).toEqual({ status: 'ok' });
  });
});

describe('on this machine', () => {
  it('goes nowhere else, whatever proxy is set or stands in the environment', async () => {
    const here = createPlain((_request, response) => response.end('here'));
    await new Promise<void>((resolve) => here.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((here.address() as AddressInfo).port)}/`;
    const out = network({ proxy: new URL('http://127.0.0.1:1') });
    expect(await (await out.fetch(url)).text()).toBe('here');
    const script = `
      const { directNetwork } = await import('./main/network/index.ts');
      const { createPipelineClient } = await import('./main/pipeline/index.ts');
      const network = directNetwork();
      const me = await createPipelineClient(new URL('${url}'), network).auth.me();
      console.log(await (await network.fetch('${url}')).text(), me.failure.code);`;
    const dead = 'http://127.0.0.1:1';
    const env = { ...process.env, NODE_USE_ENV_PROXY: '1', HTTP_PROXY: dead, HTTPS_PROXY: dead, http_proxy: dead };
    const run = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
    here.closeAllConnections();
    here.close();
    expect(run.stdout.trim()).toBe('here internal_error');
  });
});
