import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Product, Selection } from '../../../shared/domain/index.ts';
import { fail, ok } from '../../../shared/errors/index.ts';
import { readingContext, sampleOrder, type ReadingContext } from '../../../tests/helpers/agent/index.ts';
import { TOOLS } from './index.ts';
import { orderView } from './order-view.ts';

function run(name: string, args: unknown, { context }: ReadingContext) {
  const prepared = TOOLS.find((tool) => tool.name === name)?.prepare(args);
  if (!prepared?.ok || prepared.value.kind !== 'read') throw new Error(JSON.stringify(prepared));
  return prepared.value.run(context);
}

const page = <T>(...items: T[]) => ok({ items, total: items.length + 100, next_cursor: null, total_exact: true });
const order = sampleOrder();
const failedOrder = sampleOrder({ lines: { total: 9, queued: 0, running: 0, done: 6, failed: 3, cancelled: 0 } });
const product = (at: number) => {
  const category_path = ['Kugellager', 'Rillen'];
  return { id: randomUUID(), pim_id: `KL-${String(at)}`, name: `Lager ${String(at)}`, category_path } as Product;
};
const selection = (count: number): Selection => ({
  id: 'sel_new',
  label: 'Kugellager',
  count,
  created_at: '2026-11-23T00:00:00Z',
  expires_at: '2026-11-24T00:00:00Z',
  sample: Array.from({ length: Math.min(count, 10) }, (_, at) => {
    return { id: randomUUID(), pim_id: `KL-${String(at)}`, name: 'Lager' };
  }),
});
const KEY = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;

describe('what a reading tool asks of the pipeline', () => {
  it.each<[tool: string, args: object, asked: [route: string, ...given: unknown[]]]>([
    ['list_orders', {}, ['orders', { limit: 5 }]],
    ['list_orders', { status: 'draft', limit: 50, mine: true }, ['orders', { status: 'draft', limit: 50, mine: true }]],
    ['list_orders', { status: null, limit: null, mine: false }, ['orders', { limit: 5 }]],
    ['check_materials', { order_id: 'SA-1' }, ['materialsCheck', 'SA-1']],
    ['get_order_status', { order_id: 'SA-1' }, ['order', 'SA-1']],
    ['get_order_status', { order_id: 'Last' }, ['orders', { mine: true, limit: 1 }]],
    ['get_render_stats', { period: 'today', group_by: 'day' }, ['renderStats', { period: 'today', group_by: 'day' }]],
    [
      'get_render_stats',
      { since: '2026-11-23T00:00:00Z', until: '2026-11-24T00:00:00Z', period: null },
      ['renderStats', { since: '2026-11-23T00:00:00Z', until: '2026-11-24T00:00:00Z' }],
    ],
    ['get_render_stats', {}, ['renderStats', {}]],
    ['query_database', { sql: ' SELECT 1 ' }, ['query', 'SELECT 1']],
    ['list_output_types', {}, ['outputTypes']],
    ['list_materials', {}, ['materials']],
    ['search_products', { query: '6205' }, ['products', { query: '6205', limit: 5 }]],
    ['search_products', { category: 'Kugellager', limit: 20 }, ['products', { category: 'Kugellager', limit: 20 }]],
    ['select_rendered', { order_id: 'last', period: 'today' }, ['orders', { mine: true, limit: 1 }]],
    ['show_in_app', { view: 'order', id: 'SA-1' }, ['order', 'SA-1']],
  ])('%s %j', async (tool, args, [route, ...given]) => {
    const reading = readingContext({ [route]: fail('pipeline_unreachable') });
    expect(await run(tool, args, reading)).toEqual(fail('pipeline_unreachable'));
    expect(reading.asked).toEqual([[route, ...given, reading.context.signal]]);
  });

  it.each([
    ['combine_selections', { op: 'minus', a: 'sel_1', b: 'sel_2' }, { op: 'minus', a: 'sel_1', b: 'sel_2' }],
    [
      'select_rendered',
      { period: 'this_week', status: 'failed' },
      { renders: { period: 'this_week', status: 'failed' } },
    ],
    ['select_rendered', { order_id: null, period: 'today', status: null }, { renders: { period: 'today' } }],
  ])('%s %j, each time as a selection of its own', async (tool, args, body) => {
    const reading = readingContext({ createSelection: fail('selection_expired') });
    expect(await run(tool, args, reading)).toEqual(fail('selection_expired'));
    await run(tool, args, reading);
    const { signal } = reading.context;
    expect(reading.asked[0]).toEqual(['createSelection', body, KEY, signal]);
    expect(reading.asked[1]?.[2]).not.toBe(reading.asked[0]?.[2]);
  });
});

describe('list_orders', () => {
  it('tells the orders and how many there are in all', async () => {
    const told = await run('list_orders', {}, readingContext({ orders: page(order) }));
    expect(told).toEqual(ok({ total: 101, orders: [orderView(order)] }));
  });
});

describe('get_order_status', () => {
  it('tells an order without failures as it is', async () => {
    const reading = readingContext({ order: ok(order) });
    expect(await run('get_order_status', { order_id: 'SA-1' }, reading)).toEqual(
      ok({ order: orderView(order), failures: [] }),
    );
    expect(reading.asked).toHaveLength(1);
  });

  it('tells the first failures with their reason, of the newest own order for "last"', async () => {
    const line = { product: { pim_id: 'KL-1', name: 'Lager' }, error: 'no material' };
    const reading = readingContext({ orders: page(failedOrder, order), orderLines: page(line) as never });
    expect(await run('get_order_status', { order_id: 'last' }, reading)).toEqual(
      ok({ order: orderView(failedOrder), failures: [{ pim_id: 'KL-1', error: 'no material' }] }),
    );
    const { signal } = reading.context;
    expect(reading.asked[1]).toEqual(['orderLines', failedOrder.id, { status: 'failed', limit: 10 }, signal]);
  });

  it('fails where the failures cannot be read, and where the user has no order yet', async () => {
    const unreadable = readingContext({ order: ok(failedOrder), orderLines: fail('pipeline_unreachable') });
    expect(await run('get_order_status', { order_id: 'SA-1' }, unreadable)).toEqual(fail('pipeline_unreachable'));
    const none = await run('get_order_status', { order_id: 'last' }, readingContext({ orders: page() }));
    expect(none).toEqual(fail('not_found', 'There is no order of this user yet.'));
  });
});

describe('query_database', () => {
  const answer = (rows: unknown[][], truncated = false) =>
    ok({ columns: [{ name: 'n', type: 'text' }], rows, row_count: rows.length, truncated, duration_ms: 3 });
  const query = (rows: unknown[][], truncated = false) =>
    run('query_database', { sql: 'SELECT n' }, readingContext({ query: answer(rows, truncated) }));

  it('tells columns and rows', async () => {
    const rows = [['a'], [1], [null], [{ a: 1 }], [true]];
    expect(await query(rows)).toEqual(ok({ columns: ['n'], rows, row_count: 5, truncated: false }));
    expect(await query([], true)).toMatchObject({ value: { truncated: true } });
  });

  it('tells fifty rows at most and says that there are more', async () => {
    const rows = (count: number): unknown[][] => Array.from({ length: count }, (_, at) => [at]);
    expect(await query(rows(50))).toMatchObject({ value: { truncated: false, row_count: 50 } });
    expect(await query(rows(51))).toMatchObject({ value: { truncated: true, row_count: 51, rows: rows(50) } });
  });

  it('shortens a cell of a thousand characters, text or JSON', async () => {
    const long = 'x'.repeat(201);
    const fits = 'x'.repeat(200);
    expect(await query([[fits], [long], [{ long }]])).toMatchObject({
      value: { rows: [[fits], [`${fits}…`], [`{"long":"${'x'.repeat(191)}…`]] },
    });
  });

  it('says which views there are', () => {
    const wire = TOOLS.find(({ name }) => name === 'query_database')?.wire.function;
    const { sql } = wire?.parameters['properties'] as { sql: { description: string } };
    const views = ['company', 'categories', 'products', 'materials', 'material_mappings', 'output_types', 'orders'];
    for (const view of [...views, 'order_lines', 'renders', 'order_history']) {
      expect(sql.description).toMatch(new RegExp(`(^One SELECT over these views: | )${view}\\([a-z_,]+\\)`));
    }
  });
});

describe('list_output_types', () => {
  it('tells what a person chooses by', async () => {
    const { settings } = order;
    const type = { id: randomUUID(), name: 'Web', description: 'For the shop', is_default: true, settings };
    expect(await run('list_output_types', {}, readingContext({ outputTypes: ok([type]) }))).toEqual(
      ok({
        output_types: [
          { name: 'Web', description: 'For the shop', is_default: true, format: 'webp', width: 1024, height: 1024 },
        ],
      }),
    );
  });
});

describe('list_materials', () => {
  const material = (name: string, description = '') => {
    return { id: randomUUID(), name, description, color: '#aabbcc', metallic: 1, roughness: 0.2 };
  };
  const library = [material('Steel-Bare', 'Bare steel'), material('Brass', 'Shiny')];
  const namesFor = async (query: string | null, all = library): Promise<string[]> => {
    const told = await run('list_materials', { query }, readingContext({ materials: ok(all) }));
    return told.ok ? (told.value as { materials: { name: string }[] }).materials.map(({ name }) => name) : [];
  };

  it('tells name and description', async () => {
    expect(await run('list_materials', {}, readingContext({ materials: ok(library) }))).toEqual(
      ok({
        materials: [
          { name: 'Steel-Bare', description: 'Bare steel' },
          { name: 'Brass', description: 'Shiny' },
        ],
      }),
    );
  });

  it('narrows by a part of either, in any case', async () => {
    expect(await namesFor('STEEL')).toEqual(['Steel-Bare']);
    expect(await namesFor(' shiny ')).toEqual(['Brass']);
    expect(await namesFor(null)).toHaveLength(2);
    expect(await namesFor('gold')).toEqual([]);
  });

  it('tells a hundred at most', async () => {
    const many = Array.from({ length: 120 }, (_, at) => material(`M${String(at)}`));
    expect(await namesFor('', many)).toHaveLength(100);
  });
});

describe('search_products', () => {
  it('makes a selection of all that match and shows the first few', async () => {
    const found = product(1);
    const reading = readingContext({ products: page(found), createSelection: ok(selection(148)) });
    expect(await run('search_products', { query: ' 62 ', category: 'Kugellager' }, reading)).toEqual(
      ok({
        count: 148,
        selection_id: 'sel_new',
        label: 'Kugellager',
        products: [{ id: found.id, pim_id: 'KL-1', name: 'Lager 1', category: 'Kugellager > Rillen' }],
      }),
    );
    const filter = { query: '62', category: 'Kugellager' };
    const { signal } = reading.context;
    expect(reading.asked).toEqual([
      ['products', { ...filter, limit: 5 }, signal],
      ['createSelection', { filter, label: 'Kugellager: 62' }, KEY, signal],
    ]);
  });

  it.each([
    [{}, 'all products', {}],
    [{ query: '62', category: null }, '62', { query: '62' }],
    [{ category: 'Kugellager', query: '' }, 'Kugellager', { category: 'Kugellager' }],
  ])('calls what was found for %j %s', async (args, label, filter) => {
    const reading = readingContext({ products: page(product(1)), createSelection: ok(selection(1)) });
    await run('search_products', args, reading);
    expect(reading.asked[1]?.[1]).toEqual({ filter, label });
  });

  it('makes no selection of nothing', async () => {
    const reading = readingContext({ products: page() });
    expect(await run('search_products', { query: 'x' }, reading)).toEqual(
      ok({ count: 0, selection_id: null, label: 'x', products: [] }),
    );
    expect(reading.asked).toHaveLength(1);
  });

  it('fails where the selection cannot be made', async () => {
    const reading = readingContext({ products: page(product(1)), createSelection: fail('rate_limited') });
    expect(await run('search_products', {}, reading)).toEqual(fail('rate_limited'));
  });
});

describe.each([
  ['combine_selections', { op: 'union', a: 'sel_1', b: 'sel_2' }],
  ['select_rendered', { period: 'today' }],
])('%s', (tool, args) => {
  it('tells the new selection with its first five products', async () => {
    const made = selection(8);
    expect(await run(tool, args, readingContext({ createSelection: ok(made) }))).toEqual(
      ok({ count: 8, selection_id: 'sel_new', label: 'Kugellager', products: made.sample.slice(0, 5) }),
    );
  });
});

describe('select_rendered', () => {
  it('names the order by its number, whatever the model called it', async () => {
    const reading = readingContext({ orders: page(order), createSelection: ok(selection(1)) });
    await run('select_rendered', { order_id: 'last', status: 'failed' }, reading);
    expect(reading.asked[1]?.[1]).toEqual({ renders: { order: 'SA-2026-00160', status: 'failed' } });
  });

  it('gives no selection of nothing', async () => {
    const told = await run(
      'select_rendered',
      { period: 'today' },
      readingContext({ createSelection: ok(selection(0)) }),
    );
    expect(told).toEqual(ok({ count: 0, selection_id: null, label: 'Kugellager', products: [] }));
  });
});

describe('show_in_app', () => {
  it.each([
    [{ view: 'orders' }, null],
    [{ view: 'settings', id: 'ai' }, null],
    [{ view: 'products', id: null }, null],
    [{ view: 'order', id: 'SA-1' }, order.id],
    [{ view: 'product', id: 'KL-1' }, 'p-1'],
  ])('shows %j', async (args, id) => {
    const reading = readingContext({ order: ok(order), product: ok({ ...product(1), id: 'p-1' }) });
    expect(await run('show_in_app', args, reading)).toEqual(ok({ shown: true, view: args.view, id }));
    expect(reading.shown).toEqual([{ view: args.view, id }]);
  });

  it('shows nothing that is not there', async () => {
    const reading = readingContext({ product: fail('not_found') });
    expect(await run('show_in_app', { view: 'product', id: 'KL-9' }, reading)).toEqual(fail('not_found'));
    expect(reading.asked).toEqual([['product', 'KL-9']]);
    expect(reading.shown).toEqual([]);
  });
});
