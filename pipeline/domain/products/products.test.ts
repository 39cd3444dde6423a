import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  categorySchema,
  materialMappingSchema,
  orderSchema,
  pageOf,
  productSchema,
  renderStatsSchema,
  resolveAnswerSchema,
  selectionSchema,
} from '../../../shared/domain/index.ts';
import type { Client } from '../../test-support/client.ts';
import { productIds } from '../../test-support/orders.ts';
import { usePipeline } from '../../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });
let operator: Client;

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
});

async function found(query: string): Promise<string[]> {
  const page = await operator.read(pageOf(productSchema), `/products?${new URLSearchParams({ query, limit: '5' })}`);
  return page.items.map(({ pim_id }) => pim_id);
}

describe('search', () => {
  test.each([
    ['KL-6205-2RSR', 'KL-6205-2RSR'],
    ['kl 6205', 'KL-6205'],
    ['6205 2rsr', 'KL-6205-2RSR'],
    ['kl6205', 'KL-6205'],
    ['Rillenkugellager 6205', 'KL-6205'],
    ['Schraegkugellager 7205', 'KL-7205-B'],
    ['Schrägkugellager 7205', 'KL-7205-B'],
    ['Rilenkugelager 6205', 'KL-6205'],
    ['KL-62', 'KL-6200'],
    ['Kegelrollnlager 30205', 'RL-30205'],
  ])('%s finds %s first', async (query, pimId) => {
    expect((await found(query))[0]).toBe(pimId);
  });

  test('a category covers what is below it, by name, path or id', async () => {
    const categories = (await operator.read(pageOf(categorySchema), '/categories')).items;
    const root = categories.find(({ path }) => path.join() === 'Kugellager');
    const below = categories.filter(({ path }) => path[0] === 'Kugellager' && path.length > 1);
    expect(below.length).toBeGreaterThan(1);
    const counts = await Promise.all(
      ['Kugellager', 'kugellager', root?.id ?? ''].map(async (category) => {
        const query = new URLSearchParams({ category, limit: '1' });
        return (await operator.read(pageOf(productSchema), `/products?${query}`)).total;
      }),
    );
    expect(counts).toEqual([root?.product_count, root?.product_count, root?.product_count]);
    expect(below.reduce((sum, { product_count }) => sum + product_count, 0)).toBe(root?.product_count);
    const path = new URLSearchParams({ category: below[0]?.path.join(' > ') ?? '' });
    expect((await operator.read(pageOf(productSchema), `/products?${path}`)).total).toBe(below[0]?.product_count);
    expect((await operator.read(pageOf(productSchema), '/products?category=Nothing')).total).toBe(0);
  });

  test('pages go through everything once', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: { items: { pim_id: string }[]; next_cursor: string | null } = await operator.read(
        pageOf(productSchema),
        `/products?limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map(({ pim_id }) => pim_id));
      cursor = page.next_cursor;
    }
    expect(seen.length).toBe(852);
    expect(new Set(seen).size).toBe(852);
  });

  test('a product shows its category and what is unmapped on it', async () => {
    expect(await operator.read(productSchema, '/products/KL-7203-B')).toMatchObject({
      category_path: ['Kugellager', 'Schrägkugellager'],
      unmapped_materials: ['PEEK-CF30'],
    });
    const mappings = (await operator.read(pageOf(materialMappingSchema), '/material-mappings')).items;
    expect(
      mappings
        .filter(({ material_name }) => material_name === null)
        .map(({ cad_material }) => cad_material)
        .sort(),
    ).toEqual(['Beschichtung-DLC', 'PEEK-CF30', 'X30CrMoN15-1']);
  });
});

describe('resolve', () => {
  test('says of each reference what it is', async () => {
    const references = [
      'KL-6205-2RSR',
      '6205 2rsr',
      'Rillenkugellager 6205-2RSR',
      'KL-6205-2RSRR',
      '618/5',
      'Schraube M8',
      '',
    ];
    const answer = await operator.change(resolveAnswerSchema, 'POST', '/products/resolve', { references });
    const id = (await productIds(operator, 'query=KL-6205-2RSR&limit=1'))[0];
    expect(answer.items.map(({ match }) => match)).toEqual([
      'exact',
      'exact',
      'likely',
      'likely',
      'exact',
      'none',
      'none',
    ]);
    expect(answer.items.slice(0, 4).map(({ product_id }) => product_id)).toEqual([id, id, id, id]);
    expect(answer.items[3]?.score).toBeGreaterThan(0.85);
    expect(answer.items[3]?.score).toBeLessThan(1);
    expect(answer.items[4]?.product_id).toBe((await productIds(operator, 'query=KL-618-5&limit=1'))[0]);
    expect(answer.counts).toEqual({ exact: 3, likely: 2, ambiguous: 0, none: 2 });
  });

  test('does not choose between products that are equally near', async () => {
    const answer = await operator.change(resolveAnswerSchema, 'POST', '/products/resolve', {
      references: ['KL-620X-2RSR'],
    });
    expect(answer.items[0]).toMatchObject({ match: 'ambiguous', product_id: null });
    expect(answer.items[0]?.candidates.length).toBeGreaterThan(2);
  });

  test('100,000 references do not keep others waiting', async () => {
    const products = (await operator.read(pageOf(productSchema), '/products?limit=200')).items;
    const references = Array.from({ length: 100_000 }, (_, index) => {
      const pimId = products[index % 200]?.pim_id ?? '';
      return index % 10 === 0 ? `${pimId.slice(0, -1)}9x` : pimId.toLowerCase();
    });
    const resolving = operator.change(resolveAnswerSchema, 'POST', '/products/resolve', { references });
    const started = performance.now();
    let slowest = 0;
    let done = false;
    const finished = resolving.finally(() => {
      done = true;
    });
    while (!done) {
      const asked = performance.now();
      await operator.get('/health');
      slowest = Math.max(slowest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const answer = await finished;
    expect(answer.items.length).toBe(100_000);
    expect(answer.counts.exact).toBeGreaterThanOrEqual(90_000);
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(slowest).toBeLessThan(3000);
  });
});

describe('selections', () => {
  const make = (body: object) => operator.change(selectionSchema, 'POST', '/selections', body);

  test('freeze a filter and combine', async () => {
    const all = await make({ filter: { category: 'Kugellager' } });
    const some = await make({ filter: { category: 'Rillenkugellager' }, label: 'Rillen' });
    expect(all.count).toBeGreaterThan(some.count);
    expect(some).toMatchObject({
      label: 'Rillen',
      sample: expect.arrayContaining([expect.objectContaining({ id: expect.any(String) })]),
    });
    expect((await make({ op: 'minus', a: all.id, b: some.id })).count).toBe(all.count - some.count);
    expect((await make({ op: 'intersect', a: all.id, b: some.id })).count).toBe(some.count);
    expect((await make({ op: 'union', a: all.id, b: some.id })).count).toBe(all.count);
    expect(await operator.read(selectionSchema, `/selections/${all.id}`)).toEqual(all);
  });

  test('take what was rendered: of an order, of a period, in a state', async () => {
    const { items } = await operator.read(pageOf(orderSchema), '/orders?status=done_with_failures&limit=1');
    const [order] = items;
    if (order === undefined) throw new Error('The sample has no order with failures.');
    const failed = await make({ renders: { order: order.number.toLowerCase(), status: 'failed' } });
    expect(failed).toMatchObject({ count: order.lines.failed, label: `failed in ${order.number}` });
    const all = await make({ renders: { order: order.id } });
    expect(all.count).toBe(order.lines.total);
    expect((await make({ op: 'minus', a: all.id, b: failed.id })).count).toBe(order.lines.total - order.lines.failed);
    const { database } = pipeline().running;
    const [tenant] = await database.listTenants();
    const rows = await database.withTenant(tenant?.id ?? '', (tx) =>
      tx.execute<{ n: number }>(sql`
        SELECT count(DISTINCT l.product_id)::integer AS n FROM rd.order_lines l JOIN rd.renders r ON r.id = l.render_id
        WHERE l.status = 'failed' AND r.created_at >= date_trunc('week', now() AT TIME ZONE 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin'`),
    );
    const week = await make({ renders: { period: 'this_week', status: 'failed' } });
    expect(week.count).toBe(rows.rows[0]?.n);
    expect(week.count).toBeGreaterThan(0);
    expect((await make({ renders: { order: order.id, status: 'running' } })).count).toBe(0);
    const refused = async (renders: object) =>
      (await operator.call('POST', '/selections', { body: { renders } })).status;
    expect(await refused({ status: 'failed' })).toBe(400);
    expect(await refused({ order: 'SA-1999-00001' })).toBe(404);
  });

  test('ids are kept in their order, each once; unknown ones are named', async () => {
    const ids = await productIds(operator, 'query=6205&limit=3');
    const selection = await make({ product_ids: [...ids].reverse().concat(ids) });
    expect(selection.count).toBe(3);
    const unknown = { product_ids: [ids[0], '00000000-0000-4000-8000-000000000000'] };
    expect((await operator.call('POST', '/selections', { body: unknown })).body).toMatchObject({
      code: 'unknown_products',
      errors: [{ field: 'product_ids.1' }],
    });
  });
});

describe('statistics', () => {
  test('agree with the rows, in the tenant’s own week', async () => {
    const { database } = pipeline().running;
    const [tenant] = await database.listTenants();
    const rows = await database.withTenant(tenant?.id ?? '', (tx) =>
      tx.execute<{ status: string; reason: string | null; n: number }>(sql`
        SELECT status, failure_reason AS reason, count(*)::integer AS n FROM rd.renders
        WHERE created_at >= date_trunc('week', now() AT TIME ZONE 'Europe/Berlin') AT TIME ZONE 'Europe/Berlin'
        GROUP BY 1, 2`),
    );
    const sum = (status: string): number =>
      rows.rows.filter((row) => row.status === status).reduce((total, row) => total + row.n, 0);
    const stats = await operator.read(renderStatsSchema, '/stats/renders?period=this_week&group_by=status');
    expect(stats).toMatchObject({ done: sum('done'), failed: sum('failed'), cancelled: sum('cancelled') });
    expect(stats.failed).toBe(15);
    expect(stats.failures_by_reason.reduce((total, { count }) => total + count, 0)).toBe(stats.failed);
    expect(stats.groups.reduce((total, group) => total + group.total, 0)).toBe(stats.total);
    const all = await operator.read(renderStatsSchema, '/stats/renders?period=all&group_by=day');
    expect(all.total).toBe(all.groups.reduce((total, group) => total + group.total, 0));
    expect(all.total).toBeGreaterThan(stats.total);
    const week = await operator.read(renderStatsSchema, `/stats/renders?since=${stats.since}&until=${stats.until}`);
    expect(week.total).toBe(stats.total);
  });
});
