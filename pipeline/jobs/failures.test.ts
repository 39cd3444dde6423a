import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  orderLineSchema,
  orderSchema,
  pageOf,
  renderLogSchema,
  type Order,
  type OrderLine,
} from '../../shared/domain/index.ts';
import { fail, failure, FailureError } from '../../shared/errors/index.ts';
import { schema, type Work } from '../db/index.ts';
import type { Renderer } from '../render/index.ts';
import { openRenderer } from '../render/index.ts';
import { openLog } from '../server/log.ts';
import { openStore, type ImageStore } from '../store/index.ts';
import type { Client } from '../test-support/client.ts';
import { productIds } from '../test-support/orders.ts';
import { usePipeline } from '../test-support/test-pipeline.ts';
import { openBoss, QUEUES, type RenderJob } from './boss.ts';
import { claimRender } from './claim.ts';
import { finishRender } from './finish.ts';
import { runRender, type RenderTools } from './run-render.ts';
import { createRunningRenders } from './running.ts';
import { superviseOnce } from './supervise.ts';

const pipeline = usePipeline({ workers: 0 });
let operator: Client;
let boss: PgBoss;
let tenantId: string;

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
  const { database } = pipeline().running;
  boss = await openBoss(database.connections.worker, { works: false, max: 2 }, () => undefined);
  tenantId = (await database.listTenants()).find(({ name }) => name.includes('Kugelwerk'))?.id ?? '';
});
afterAll(async () => {
  await boss.stop({ graceful: false });
});

async function order(
  lines: number,
  client = operator,
  more: object = { material_override: 'Steel-Bare' },
): Promise<Order> {
  return await client.change(orderSchema, 'POST', '/orders', {
    product_ids: await productIds(client, `limit=${lines}`),
    output_type_name: 'Thumbnail',
    render_overrides: { width: 24, height: 24 },
    ...more,
  });
}

async function linesOf({ id }: Order): Promise<OrderLine[]> {
  return (await operator.read(pageOf(orderLineSchema), `/orders/${id}/lines`)).items;
}

const inTenant = <T>(work: Work<T>): Promise<T> => pipeline().running.database.withTenantAsWorker(tenantId, work);

const fileStore = (): Promise<ImageStore> =>
  openStore({ kind: 'directory', path: pipeline().files }, pipeline().running.database);

/** Carries out a line's job with these tools, as a worker does. */
async function work(line: OrderLine | undefined, tools: Partial<RenderTools>, last = false): Promise<void> {
  const renderer = await openRenderer('built-in');
  if (!renderer.ok) throw new Error('There is always a built-in renderer.');
  const all: RenderTools = {
    database: pipeline().running.database,
    store: await fileStore(),
    renderer: renderer.value,
    worker: 'a test',
    renderTimeoutMs: 10_000,
    onProgress: () => undefined,
    ...tools,
  };
  const job: RenderJob = { tenant_id: tenantId, render_id: line?.render_id ?? '' };
  await runRender(all, createRunningRenders(), job, { last, signal: new AbortController().signal });
}

const logOf = async (line: OrderLine | undefined): Promise<string[]> =>
  (await operator.read(renderLogSchema, `/renders/${line?.render_id}/log`)).lines.map(({ text }) => text);

const crash = new FailureError(failure('renderer_crashed', 'Blender ended before the image was finished.'));
const full = fail('storage_full', 'There is no space left where images are kept.');
const renderer = (render: Renderer['render']): Renderer => ({ name: 'failing', render });

describe('a render that cannot be made', () => {
  test('what breaks is given back and told in the log, and the last time it fails the line with its reason', async () => {
    const made = await order(2);
    const [line] = await linesOf(made);
    const store = { ...(await fileStore()), write: () => Promise.resolve(full) };
    await expect(work(line, { store })).rejects.toThrow('no space left');
    expect(await linesOf(made)).toMatchObject([{ status: 'queued' }, { status: 'queued' }]);
    expect((await logOf(line)).at(-1)).toMatch(/Broke and will be tried again: There is no space left/);
    await work(line, { store }, true);
    expect((await linesOf(made))[0]).toMatchObject({ status: 'failed', error: expect.stringMatching(/no space left/) });
    expect(await operator.read(orderSchema, `/orders/${made.id}`)).toMatchObject({
      status: 'running',
      lines: { queued: 1, failed: 1, running: 0 },
    });
  });

  test('a crashed renderer is tried again, one that takes too long or says no is not', async () => {
    const [crashed, slow, refused] = await linesOf(await order(3));
    await expect(work(crashed, { renderer: renderer(() => Promise.reject(crash)) })).rejects.toThrow('Blender');
    const never = renderer((_request, options) => untilStopped(options?.signal));
    await work(slow, { renderer: never, renderTimeoutMs: 30 });
    expect((await logOf(slow)).at(-1)).toMatch(/took longer than/);
    const bad = failure('part_not_drawable', 'The bore diameter d must be smaller.');
    await work(refused, { renderer: renderer(() => Promise.resolve({ ok: false, failure: bad })) });
    expect((await logOf(refused)).at(-1)).toBe('Failed: The bore diameter d must be smaller.');
  });
});

function untilStopped(signal: AbortSignal | undefined): ReturnType<Renderer['render']> {
  return new Promise((resolve) => {
    signal?.addEventListener('abort', () => {
      resolve({ ok: false, failure: failure('interrupted') });
    });
  });
}

describe('a worker that was taken for dead', () => {
  test('changes nothing when it comes back, before or after the other one has published', async () => {
    const made = await order(1);
    const [line] = await linesOf(made);
    const id = line?.render_id ?? '';
    const first = await inTenant((tx) => claimRender(tx, id, 'first'));
    const second = await inTenant((tx) => claimRender(tx, id, 'second'));
    const done = (imageKey: string) => ({ status: 'done', imageKey, imageBytes: 1, durationMs: 1 }) as const;
    const end = (claim: string | undefined, key: string) =>
      inTenant((tx) => finishRender(tx, id, claim ?? null, done(key)));
    expect(await end(first?.claim, 'of-the-first')).toBe(false);
    expect(await end(second?.claim, 'of-the-second')).toBe(true);
    expect(await end(first?.claim, 'of-the-first')).toBe(false);
    const [row] = await inTenant((tx) =>
      tx
        .select()
        .from(schema.renders)
        .where(sql`id = ${id}`),
    );
    expect(row).toMatchObject({ status: 'done', imageKey: 'of-the-second', worker: 'second' });
    expect(await logOf(line)).toEqual([
      'Started by first',
      'Taken over by second from a worker that stopped',
      'Done in 1 ms, 1 bytes',
    ]);
  });

  test('does not hold up a cancellation', async () => {
    const made = await order(1);
    const id = (await linesOf(made))[0]?.render_id ?? '';
    await inTenant((tx) => claimRender(tx, id, 'hangs'));
    const cancelling = await operator.change(orderSchema, 'POST', `/orders/${made.id}/cancel`);
    expect(cancelling.status).toBe('cancelling');
    const { database } = pipeline().running;
    await database.provision(tenantId, (tx) =>
      tx.execute(sql`UPDATE rd.orders SET cancelling_since = now() - interval '11 seconds' WHERE id = ${made.id}`),
    );
    await superviseOnce(database, boss, openLog('silent'));
    expect(await operator.read(orderSchema, `/orders/${made.id}`)).toMatchObject({
      status: 'cancelled',
      lines: { cancelled: 1, running: 0 },
    });
  });
});

test('open renders without a job are handed out again, once each', async () => {
  const made = await order(3);
  const ids = (await linesOf(made)).map((line) => line.render_id ?? '');
  const { database } = pipeline().running;
  await database.provision(tenantId, async (tx) => {
    await tx.execute(sql`UPDATE rd.renders SET created_at = now() - interval '1 minute' WHERE order_id = ${made.id}`);
    await tx.execute(sql`DELETE FROM pgboss.job WHERE id = ${ids[0]}`);
    await tx.execute(sql`UPDATE pgboss.job SET state = 'completed', completed_on = now() WHERE id = ${ids[1]}`);
  });
  const log = openLog('silent');
  expect(await superviseOnce(database, boss, log)).toBe(2);
  expect(await superviseOnce(database, boss, log)).toBe(0);
  const jobs = await database.provision(tenantId, (tx) =>
    tx.execute(sql`SELECT id, state FROM pgboss.job WHERE id = ANY(${sql.param(ids)}::uuid[]) ORDER BY state`),
  );
  expect(jobs.rows.map(({ state }) => state)).toEqual(['created', 'created', 'retry']);
});

test('a few renders do not wait behind many, of another tenant or of the same one', async () => {
  const { database } = pipeline().running;
  await database.provision(tenantId, (tx) => tx.execute(sql`DELETE FROM pgboss.job WHERE name = 'render'`));
  await order(100);
  const small = await order(2);
  const other = await order(3, await pipeline().as('operator@nordlager.example'), { output_type_name: 'Vorschau' });
  const jobs = await boss.fetch<RenderJob>(QUEUES.render, { batchSize: 20 });
  const orderOf = async (job: RenderJob): Promise<string> => {
    const [row] = await database.withTenantAsWorker(job.tenant_id, (tx) =>
      tx
        .select({ orderId: schema.renders.orderId })
        .from(schema.renders)
        .where(sql`id = ${job.render_id}`),
    );
    return row?.orderId ?? randomUUID();
  };
  const taken = await Promise.all(jobs.map((job) => orderOf(job.data)));
  expect(taken.filter((id) => id === small.id)).toHaveLength(2);
  expect(taken.filter((id) => id === other.id)).toHaveLength(3);
});
