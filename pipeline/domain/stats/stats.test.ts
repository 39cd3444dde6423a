import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { renderStatsSchema, tenantConfigSchema, type RenderStats } from '../../../shared/domain/index.ts';
import { problemSchema } from '../../../shared/errors/index.ts';
import type { Client } from '../../test-support/client.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });
let admin: Client;

/** Renders of the sample that the test moves to the moments it is about. */
async function placeRenders(moments: readonly string[]): Promise<void> {
  const { database } = pipeline().running;
  const [tenant] = await database.listTenants();
  await database.provision(tenant?.id ?? '', async (tx) => {
    await tx.execute(sql`UPDATE rd.renders SET created_at = '2020-01-01T00:00:00Z', started_at = NULL, finished_at = NULL
      WHERE tenant_id = ${tenant?.id}`);
    for (const [index, at] of moments.entries()) {
      await tx.execute(sql`UPDATE rd.renders SET created_at = ${at}, started_at = ${at}::timestamptz + interval '2 seconds',
          finished_at = ${at}::timestamptz + interval '3 seconds', duration_ms = 1000
        WHERE id = (SELECT id FROM rd.renders WHERE tenant_id = ${tenant?.id} AND status = 'done' ORDER BY id OFFSET ${index} LIMIT 1)`);
    }
  });
}

function stats(query: Record<string, string>): Promise<RenderStats> {
  return admin.read(renderStatsSchema, `/stats/renders?${new URLSearchParams(query).toString()}`);
}

const counted = ({ groups }: RenderStats): [string, number][] => groups.map(({ key, total }) => [key, total]);

beforeAll(async () => {
  admin = await pipeline().as('admin@kugelwerk.example');
});

describe('summer time in Europe/Berlin', () => {
  test('the day it ends has 25 hours, and the two from 2 to 3 are apart', async () => {
    await placeRenders([
      '2025-10-26T00:30:00Z',
      '2025-10-26T01:30:00Z',
      '2025-10-26T01:45:00Z',
      '2025-10-26T22:59:59Z',
    ]);
    const day = { since: '2025-10-26T00:00:00+02:00', until: '2025-10-27T00:00:00+01:00' };
    const hours = counted(await stats({ ...day, group_by: 'hour' }));
    expect(hours).toHaveLength(25);
    expect(hours.slice(1, 5)).toEqual([
      ['2025-10-26T01:00+02:00', 0],
      ['2025-10-26T02:00+02:00', 1],
      ['2025-10-26T02:00+01:00', 2],
      ['2025-10-26T03:00+01:00', 0],
    ]);
    expect(hours.at(-1)).toEqual(['2025-10-26T23:00+01:00', 1]);
    expect(counted(await stats({ ...day, group_by: 'day' }))).toEqual([['2025-10-26', 4]]);
  });

  test('the day it begins has 23 hours and no 2 o’clock; its neighbours keep their renders', async () => {
    await placeRenders([
      '2026-03-28T22:59:00Z',
      '2026-03-28T23:00:00Z',
      '2026-03-29T00:59:00Z',
      '2026-03-29T01:00:00Z',
      '2026-03-29T22:00:00Z',
    ]);
    const day = { since: '2026-03-29T00:00:00+01:00', until: '2026-03-30T00:00:00+02:00' };
    const hours = counted(await stats({ ...day, group_by: 'hour' }));
    expect(hours).toHaveLength(23);
    expect(hours.map(([key]) => key)).not.toContain('2026-03-29T02:00+01:00');
    expect(hours.slice(1, 3)).toEqual([
      ['2026-03-29T01:00+01:00', 1],
      ['2026-03-29T03:00+02:00', 1],
    ]);
    const days = { since: '2026-03-28T00:00:00+01:00', until: '2026-03-31T00:00:00+02:00', group_by: 'day' };
    expect(counted(await stats(days))).toEqual([
      ['2026-03-28', 1],
      ['2026-03-29', 3],
      ['2026-03-30', 1],
    ]);
  });

  test('weeks are ISO weeks, also where the year changes, and months are the calendar’s', async () => {
    await placeRenders([
      '2024-12-29T23:30:00Z',
      '2025-01-05T22:59:00Z',
      '2025-01-19T12:00:00Z',
      '2025-02-28T23:30:00Z',
    ]);
    const span = { since: '2024-12-29T00:00:00+01:00', until: '2025-01-20T00:00:00+01:00' };
    expect(counted(await stats({ ...span, group_by: 'week' }))).toEqual([
      ['2024-W52', 0],
      ['2025-W01', 2],
      ['2025-W02', 0],
      ['2025-W03', 1],
    ]);
    const months = { since: '2024-12-01T00:00:00+01:00', until: '2025-04-01T00:00:00+02:00', group_by: 'month' };
    const found = await stats(months);
    expect(counted(found)).toEqual([
      ['2024-12', 1],
      ['2025-01', 2],
      ['2025-02', 0],
      ['2025-03', 1],
    ]);
    expect(found.groups[1]?.start).toBe('2024-12-31T23:00:00.000Z');
  });
});

test.each(['Asia/Kathmandu', 'Australia/Lord_Howe', 'America/Sao_Paulo'])('no render is lost in %s', async (zone) => {
  await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { time_zone: zone });
  const moments = Array.from({ length: 40 }, (_, index) =>
    new Date(Date.UTC(2018, 10, 3, index * 5, index)).toISOString(),
  );
  await placeRenders(moments);
  const span = { since: '2018-11-01T00:00:00Z', until: '2018-11-20T00:00:00Z' };
  for (const group_by of ['hour', 'day', 'week', 'month']) {
    const { groups, total } = await stats({ ...span, group_by });
    expect(
      groups.reduce((sum, group) => sum + group.total, 0),
      group_by,
    ).toBe(40);
    expect(total).toBe(40);
    const starts = groups.map(({ start }) => start ?? '');
    expect([...new Set(starts)].sort()).toEqual(starts);
  }
  await admin.change(tenantConfigSchema, 'PUT', '/tenant/config', { time_zone: 'Europe/Berlin' });
});

test('waits, durations, throughput and the queue', async () => {
  await placeRenders(['2026-01-01T10:00:00Z', '2026-01-01T10:10:00Z', '2026-01-01T11:59:59Z']);
  const found = await stats({ since: '2026-01-01T10:00:00Z', until: '2026-01-01T12:00:00Z' });
  expect(found).toMatchObject({
    total: 3,
    done: 3,
    finished: 2,
    throughput_per_hour: 1,
    duration_ms: { p50: 1000, p95: 1000 },
    wait_ms: { p50: 2000, p95: 2000 },
    queue: { length: 0, running: 0, oldest_queued_at: null, oldest_waiting_s: null },
    groups: [],
  });
  const operator = await pipeline().as('operator@kugelwerk.example');
  const products = (await operator.get('/products?limit=4')).body as { items: { id: string }[] };
  const product_ids = products.items.map(({ id }) => id);
  await operator.call('POST', '/orders', { body: { product_ids, output_type_name: 'Web Standard' } });
  const { queue } = await stats({ period: 'today', group_by: 'hour' });
  expect(queue).toMatchObject({ length: 4, running: 0 });
  expect(queue.oldest_waiting_s).toBeLessThan(60);
});

test('periods that are empty, turned round, or thousands of groups long', async () => {
  const empty = { since: '2026-02-01T00:00:00Z', until: '2026-02-01T00:00:00Z' };
  expect((await stats({ ...empty, group_by: 'hour' })).groups).toEqual([]);
  expect((await stats({ since: '2026-02-02T00:00:00Z', until: '2026-02-01T00:00:00Z', group_by: 'day' })).total).toBe(
    0,
  );
  const long = await admin.get('/stats/renders?since=0001-01-01T00:00:00Z&group_by=hour');
  expect([long.status, problemSchema.parse(long.body).code]).toEqual([400, 'validation_failed']);
  for (const group_by of ['status', 'reason', 'output_type', 'month']) {
    expect((await stats({ period: 'all', group_by })).groups.length).toBeGreaterThan(0);
  }
});
