import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { findServerPrograms, startTestServer, type TestServer } from '../../scripts/test/postgres-server.ts';
import { createClient, type Client } from '../../pipeline/test-support/client.ts';
import { productIds, untilFinished } from '../../pipeline/test-support/orders.ts';
import { orderSchema, queryAnswerSchema, workerListSchema } from '../../shared/domain/index.ts';
import { startProgram, type RunningProgram } from '../helpers/process-group.ts';
import { namespaces, sameHost, whyNoNamespaces, type Host } from './hosts.ts';

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 });

const noServer = (await findServerPrograms()) === null ? 'no PostgreSQL server is installed' : null;
const noNamespaces = noServer ?? (await whyNoNamespaces());

describe.skipIf(noServer !== null)(`several processes on one server${reason(noServer)}`, () => {
  let server: TestServer;
  let port: number;
  const secret = randomBytes(24).toString('base64url');
  const apis: RunningProgram[] = [];
  let origins: string[];
  let password: string;
  let operator: Client;
  const workers: ChildProcess[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    port = Number(new URL(server.adminUrl).port);
    const env = {
      RENDERDESK_DATABASE_ADMIN_URL: server.adminUrl,
      RENDERDESK_ROLE_SECRET: secret,
      RENDERDESK_SAMPLE_IMAGES: 'off',
    };
    // Two at once: one migrates and seeds, the other waits for it.
    for (const seed of ['sample', 'none']) {
      const args = ['--port', '0', '--database-url', urlAt('127.0.0.1'), '--workers', '0', '--seed', seed];
      const api = startProgram('pipeline/index.ts', { args, env });
      apis.push(api);
    }
    const listening = /pipeline listening on (http:\/\/127\.0\.0\.1:\d+)/;
    origins = await Promise.all(apis.map(async (api) => (await api.waitFor(listening, 100))[1] ?? ''));
    password = (await (apis[0] as RunningProgram).waitFor(/sample user \S+ password (\S+)/))[1] ?? '';
    operator = await createClient(origins[0] ?? '').signIn('operator@kugelwerk.example', password);
  });

  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await server.stop();
  });

  function urlAt(address: string): string {
    return `postgres://${address}:${port}/scale_out`;
  }

  async function startWorkers(hosts: readonly Host[]): Promise<ChildProcess[]> {
    const env = { RENDERDESK_ROLE_SECRET: secret, RENDERDESK_SAMPLE_IMAGES: 'off' };
    const started = hosts.map((host) => {
      const args = ['--database-url', urlAt(host.database.address), '--concurrency', '1', '--name', host.name];
      return host.start('pipeline/worker.ts', args, env);
    });
    workers.push(...started);
    await Promise.all(started.map(untilRendering));
    return started;
  }

  async function stopWorkers(): Promise<void> {
    const left = workers.splice(0).filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
    for (const worker of left) worker.kill('SIGTERM');
    await Promise.all(left.map((worker) => once(worker, 'exit')));
  }

  /** One order for all of them; one is killed in the middle of a render, and nothing is lost. */
  async function shareAnOrder(hosts: readonly Host[]): Promise<void> {
    const [victim] = await startWorkers(hosts);
    const list = await operator.read(workerListSchema, '/workers');
    for (const { name } of hosts) expect(list.items.map((worker) => worker.name)).toContain(name);
    const order = await operator.change(orderSchema, 'POST', '/orders', {
      product_ids: await productIds(operator, 'category=Rillenkugellager&limit=45'),
      output_type_name: 'Web Standard',
      render_overrides: { width: 700, height: 700 },
      material_override: 'Steel-Bare',
    });
    const lines = async () => (await operator.read(orderSchema, `/orders/${order.id}`)).lines;
    await vi.waitFor(async () => expect((await lines()).done).toBeGreaterThan(5), 60_000);
    await vi.waitFor(async () => expect((await lines()).running).toBeGreaterThan(1), 20_000);
    victim?.kill('SIGKILL');
    const ended = await untilFinished(operator, order.id, 120_000);
    expect(ended).toMatchObject({ status: 'done', lines: { total: 45, done: 45, failed: 0 } });
    const sql = `SELECT count(*)::int, count(DISTINCT line_id)::int, sum((status = 'done')::int)::int FROM renders WHERE order_number = '${order.number}'`;
    const answer = await operator.call('POST', '/query', { body: { sql }, key: null });
    expect(queryAnswerSchema.parse(answer.body).rows).toEqual([[45, 45, 45]]);
  }

  test('three workers in three processes share an order; killing one in the middle of a render loses nothing', async () => {
    try {
      await shareAnOrder(sameHost(port, 3));
    } finally {
      await stopWorkers();
    }
  });

  test.skipIf(noNamespaces !== null)(`the same from three hosts over TCP${reason(noNamespaces)}`, async () => {
    const { hosts, remove } = await namespaces(port, 3);
    try {
      await shareAnOrder(hosts);
    } finally {
      await stopWorkers();
      await remove();
    }
  });

  test('events and progress of one worker reach listeners of both API processes, without a gap, past a killed one', async () => {
    const heard = origins.map((origin) => listenAt(origin, operator.token ?? ''));
    await Promise.all(heard.map(({ open }) => open));
    try {
      await startWorkers(sameHost(port, 1));
      const order = await operator.change(orderSchema, 'POST', '/orders', {
        product_ids: await productIds(operator, 'limit=12'),
        output_type_name: 'Web Standard',
        render_overrides: { width: 900, height: 900 },
        material_override: 'Steel-Bare',
      });
      // The other process numbers on, whichever of the two did so far.
      await (apis[1] as RunningProgram).kill9Group();
      await untilFinished(operator, order.id, 90_000);
      const [here, killed] = heard;
      await vi.waitFor(() => expect(here?.numbers.length).toBeGreaterThan(30), 20_000);
      expect(here?.numbers).toEqual(here?.numbers.map((_, index) => (here.numbers[0] ?? 0) + index));
      expect(here?.progress).toBeGreaterThan(0);
      const before = killed?.numbers ?? [];
      expect(here?.numbers.slice(0, before.length)).toEqual(before);
    } finally {
      for (const { close } of heard) close();
      await stopWorkers();
    }
  });
});

function reason(why: string | null): string {
  return why === null ? '' : ` (skipped: ${why})`;
}

/** Waits for a worker's first line; where it ends instead, what it said is the failure. */
async function untilRendering(worker: ChildProcess): Promise<void> {
  let said = '';
  worker.stderr?.on('data', (part: Buffer) => {
    said += part.toString();
  });
  await new Promise<void>((resolve, reject) => {
    worker.stdout?.once('data', () => {
      resolve();
    });
    worker.once('exit', () => {
      reject(new Error(`a worker ended instead of rendering: ${said}`));
    });
  });
}

function listenAt(origin: string, token: string) {
  const headers = { authorization: `Bearer ${token}` };
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/api/events`, { headers });
  const heard = {
    numbers: [] as number[],
    progress: 0,
    open: once(socket, 'message'),
    close: () => socket.terminate(),
  };
  socket.on('error', () => undefined);
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as { type: string; seq?: number };
    if (event.type === 'render.progress') heard.progress += 1;
    else if (event.seq !== undefined && event.type !== 'hello') heard.numbers.push(event.seq);
  });
  return heard;
}
