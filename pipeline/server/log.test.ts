import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { orderSchema } from '../../shared/domain/index.ts';
import { startProgram, type RunningProgram } from '../../tests/helpers/process-group.ts';
import { SAMPLE_PASSWORD } from '../seed/index.ts';
import { createClient, type Client } from '../test-support/client.ts';
import { productIds } from '../test-support/orders.ts';
import { S3_CREDENTIALS, startS3Server, type S3Server } from '../test-support/s3-server.ts';

// A whole program starts, with a database of its own.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let data: string;
let s3: S3Server;
let program: RunningProgram;
let client: Client;
let origin: string;

beforeAll(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'rd-log-'));
  s3 = await startS3Server();
  const args = ['--port', '0', '--data', data, '--workers', '1', '--no-sample-images', '--files', s3.files('log')];
  const env = { ...S3_CREDENTIALS, AWS_SECRET_ACCESS_KEY: 'canary-bucket-secret', RENDERDESK_LOG_LEVEL: 'trace' };
  program = startProgram('pipeline/index.ts', { args, env });
  [, origin = ''] = await program.waitFor(/pipeline listening on (\S+)/);
  client = await createClient(origin).signIn('operator@kugelwerk.example', SAMPLE_PASSWORD);
});
afterAll(async () => {
  await program.kill9Group();
  await s3.stop();
  await rm(data, { recursive: true, force: true });
});

/** Sends a request and comes back once the pipeline has begun it: a connection made after it has had its answer. */
async function sendWhole(where: string, body: object): Promise<{ status: Promise<number> }> {
  const headers = { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' };
  const request = http.request(`${origin}/api${where}`, { method: 'POST', headers, agent: false });
  const status = once(request, 'response').then(([answer]) => {
    const response = answer as http.IncomingMessage;
    response.resume();
    return response.statusCode ?? 0;
  });
  request.end(JSON.stringify(body));
  await once(request, 'finish');
  await once(http.get(`${origin}/api/health`, { agent: false }), 'response');
  return { status };
}

const lines = (): Record<string, unknown>[] =>
  program
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('one line for each request: route, status, who, and the id that the answer carries', async () => {
  const answer = await client.call('GET', '/orders?text=canary-search', { headers: { 'request-id': 'desk-1.a' } });
  expect(answer.headers.get('request-id')).toBe('desk-1.a');
  const forged = await client.call('GET', '/orders/SA-1999-00001', { headers: { 'request-id': 'a b"c' } });
  expect(forged.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  await program.waitFor(/desk-1\.a/);
  const line = lines().find((one) => one['request_id'] === 'desk-1.a');
  expect(line).toMatchObject({ level: 30, method: 'GET', route: '/api/orders', status: 200, from: '127.0.0.1' });
  expect([line?.['tenant_id'], line?.['user_id']].every((id) => /^[0-9a-f-]{36}$/.test(String(id)))).toBe(true);
  await vi.waitUntil(() => lines().some((one) => one['route'] === '/api/orders/:ref' && one['level'] === 40));
});

test('no secret and nothing people wrote is in the log, at its most talkative', async () => {
  const post = (where: string, body: unknown) => client.call('POST', where, { body });
  await post('/auth/login', { email: 'operator@kugelwerk.example', password: 'canary-password' });
  await post('/auth/local', { secret: 'canary-local' });
  await post('/auth/login', '{"email": "x", "password": "canary-broken');
  await post('/query', { sql: "SELECT 'canary-sql' FROM nowhere" });
  await post('/orders', { product_ids: ['canary-id'], output_type_name: 'canary-type' });
  await createClient(origin, 'rdt_canary-token').get('/me?token=canary-query');
  const ids = await productIds(client, 'query=6205&limit=2');
  await client.change(orderSchema, 'POST', '/orders', { product_ids: ids, output_type_name: 'Thumbnail' });
  const secrets = JSON.parse(await readFile(path.join(data, 'postgres.json'), 'utf8')) as Record<string, string>;
  const run = JSON.parse(await readFile(path.join(data, 'run.json'), 'utf8')) as { secret: string };
  await program.waitFor(/"route":"\/api\/orders","status":201/);
  for (const secret of [...Object.values(secrets), run.secret, client.token ?? '', 'canary']) {
    expect(program.output()).not.toContain(secret);
  }
});

test('SIGTERM lets a request and a render come to their end, tells listeners, and ends with 0', async () => {
  const body = { product_ids: await productIds(client, 'category=Kugellager&limit=60'), output_type_name: 'Thumbnail' };
  const order = await client.change(orderSchema, 'POST', '/orders', body);
  await vi.waitUntil(async () => (await client.read(orderSchema, `/orders/${order.id}`)).lines.done > 0, 30_000);
  const listener = new WebSocket(`${origin.replace('http', 'ws')}/api/events`, {
    headers: { authorization: `Bearer ${client.token}` },
  } as never);
  const closed = once(listener, 'close') as Promise<[CloseEvent]>;
  await once(listener, 'open');
  const slow = await sendWhole('/query', {
    sql: 'SELECT count(*) FROM materials a, materials b, materials c, materials d',
  });
  process.kill(program.pid, 'SIGTERM');
  expect((await closed)[0].code).toBe(1001);
  expect(await slow.status).toBe(200);
  expect(await program.ended).toBe(0);
  await expect(client.get('/health')).rejects.toThrow();
});
