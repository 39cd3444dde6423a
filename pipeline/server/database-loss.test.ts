import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import WebSocket from 'ws';
import { orderSchema } from '../../shared/domain/index.ts';
import { productIds, untilFinished } from '../test-support/orders.ts';
import { usePipeline } from '../test-support/test-pipeline.ts';

vi.setConfig({ testTimeout: 90_000 });

const onServer = process.env['RENDERDESK_TEST_DATABASE_ADMIN_URL'] !== undefined;
const pipeline = usePipeline({ workers: 2 });

async function postmaster(): Promise<number> {
  const file = path.join(path.dirname(pipeline().files), 'postgres', 'postmaster.pid');
  return Number((await readFile(file, 'utf8')).split('\n')[0]);
}

interface Asked {
  statuses: Set<number>;
  codes: Set<string>;
  slowestMs: number;
}

/** Asks again and again, as clients do, until told to stop. */
async function keepAsking(until: () => boolean): Promise<Asked> {
  const client = await pipeline().as('operator@kugelwerk.example');
  const asked: Asked = { statuses: new Set(), codes: new Set(), slowestMs: 0 };
  while (!until()) {
    const began = performance.now();
    const answer = await client.get('/orders?limit=5');
    asked.slowestMs = Math.max(asked.slowestMs, performance.now() - began);
    asked.statuses.add(answer.status);
    const code =
      answer.body !== null && typeof answer.body === 'object' && 'code' in answer.body ? answer.body.code : '';
    if (answer.status >= 400) asked.codes.add(String(code));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return asked;
}

/** Breaks the database in the middle of an order while clients ask, and waits for the order's end. */
async function breakDuringAnOrder(breakIt: () => Promise<void>): Promise<Asked[]> {
  const client = await pipeline().as('operator@kugelwerk.example');
  const socket = new WebSocket(`${pipeline().origin.replace('http', 'ws')}/api/events`, {
    headers: { authorization: `Bearer ${client.token}` },
  });
  const numbers: number[] = [];
  socket.on('message', (data) => {
    const event = JSON.parse(String(data)) as { type: string; seq?: number };
    if (event.seq !== undefined && event.type !== 'hello') numbers.push(event.seq);
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const order = await client.change(orderSchema, 'POST', '/orders', {
    product_ids: await productIds(client, 'category=Rillenkugellager&limit=40'),
    output_type_name: 'Thumbnail',
    render_overrides: { width: 200, height: 200 },
    material_override: 'Steel-Bare',
  });
  let over = false;
  const asking = Promise.all([1, 2, 3].map(() => keepAsking(() => over)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await breakIt();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await vi.waitFor(async () => expect((await client.get('/orders?limit=1')).status).toBe(200), 60_000);
  over = true;
  const asked = await asking;
  const ended = await untilFinished(client, order.id, 60_000);
  expect(ended).toMatchObject({ status: 'done', lines: { total: 40, done: 40 } });
  await vi.waitFor(() => expect(numbers.length).toBeGreaterThan(80), 10_000);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  socket.close();
  return asked;
}

function expectOnlyUnavailable(asked: readonly Asked[]): void {
  for (const { statuses, codes } of asked) {
    expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([]);
    expect([...codes].filter((code) => code !== 'unavailable')).toEqual([]);
    expect(statuses.has(200)).toBe(true);
  }
}

test.skipIf(onServer)('the embedded PostgreSQL killed with -9 comes back by itself; meanwhile it is 503', async () => {
  const before = await postmaster();
  const asked = await breakDuringAnOrder(() => {
    process.kill(before, 'SIGKILL');
    return Promise.resolve();
  });
  expectOnlyUnavailable(asked);
  expect(asked.some(({ statuses }) => statuses.has(503))).toBe(true);
  expect(await postmaster()).not.toBe(before);
});

test('one backend that is killed takes nothing else with it', async () => {
  const { database } = pipeline().running;
  const asked = await breakDuringAnOrder(async () => {
    const [tenant] = await database.listTenants();
    await database
      .provision(tenant?.id ?? '', (tx) =>
        tx.execute(sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()`),
      )
      .catch(() => undefined);
  });
  expectOnlyUnavailable(asked);
});
