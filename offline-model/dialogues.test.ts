import { describe, expect, it } from 'vitest';
import { answered, assistant, callsOf, system, user, words } from './test-support/converse.ts';
import { readingTools } from './test-support/offered-tools.ts';

const found = { count: 148, selection_id: 'sel_k1', label: 'Kugellager', products: [] };
const outputTypes = {
  output_types: [
    { name: 'Web Catalog', description: '', is_default: true, format: 'png', width: 800, height: 800 },
    { name: 'Shop WebP', description: '', is_default: false, format: 'webp', width: 512, height: 512 },
    { name: 'Shop WebP large', description: '', is_default: false, format: 'webp', width: 1024, height: 1024 },
  ],
};
const order = {
  id: '0190c7a0-0000-7000-8000-000000000001',
  number: 'SA-2026-00161',
  status: 'queued',
  output_type: 'Shop WebP large',
  format: 'webp',
  width: 1024,
  height: 1024,
  material_override: null,
  products: 148,
  done: 0,
  failed: 0,
  queued: 148,
  running: 0,
  cancelled: 0,
};
const lookedUp = answered(
  ['search_products', { category: 'Kugellager' }, found],
  ['list_output_types', {}, outputTypes],
);

function orderArguments(sentence: string): unknown {
  return callsOf([user(sentence), ...lookedUp])[0]?.arguments;
}

describe('creating an order', () => {
  it('takes the recipe nearest to the wish and overrides only what differs', () => {
    const base = { selection_id: 'sel_k1', dispatch: true };
    expect(orderArguments('Render all Kugellager products as WebP at 1024x1024')).toEqual({
      ...base,
      output_type_name: 'Shop WebP large',
    });
    expect(orderArguments('Render all Kugellager as WebP at 640x480, quality 80')).toEqual({
      ...base,
      output_type_name: 'Shop WebP',
      render_overrides: { width: 640, height: 480, quality: 80 },
    });
    expect(orderArguments('Render all Kugellager')).toEqual({ ...base, output_type_name: 'Web Catalog' });
    expect(orderArguments('Render all Kugellager as AVIF')).toEqual({
      ...base,
      output_type_name: 'Web Catalog',
      render_overrides: { format: 'avif' },
    });
    expect(orderArguments('Rendere alle Kugellager als "Shop WebP" mit Material Steel-Bare, als Entwurf')).toEqual({
      selection_id: 'sel_k1',
      output_type_name: 'Shop WebP',
      material_override: 'Steel-Bare',
      dispatch: false,
    });
  });

  it('says what the result says, in the language of the user', () => {
    const done = answered(['create_order', {}, { order }]);
    const german = words([user('Rendere alle Kugellager als WebP in 1024x1024'), ...lookedUp, ...done]);
    expect(german).toBe(
      'Auftrag **SA-2026-00161** angelegt: 148 Produkte als WEBP 1024×1024 (Shop WebP large). Status: eingereiht.',
    );
    const draft = answered(['create_order', {}, { order: { ...order, status: 'draft' }, edited: true }]);
    expect(words([user('Render all Kugellager as WebP as a draft'), ...lookedUp, ...draft])).toMatch(
      /It is a draft\..*edited/,
    );
  });

  it('claims nothing after a rejection, an error or an unknown outcome', () => {
    const after = (result: unknown): string =>
      words([user('Render all Kugellager as WebP'), ...lookedUp, ...answered(['create_order', {}, result])]);
    expect(after({ rejected: true, reason: 'too many' })).toBe(
      'That was not approved, so nothing was changed. Reason: too many',
    );
    expect(after({ error: { code: 'unknown_material', message: 'No such material.' } })).toMatch(
      /^That did not work: No such material\. \(`unknown_material`\)/,
    );
    expect(after({ unknown: true, message: 'The desk stopped.' })).toMatch(/not known whether/);
  });

  it('tries the words as a query where the category is empty, then gives up with a hint', () => {
    const none = { count: 0, selection_id: null, products: [] };
    const first = answered(
      ['search_products', { category: 'Gleitlager' }, none],
      ['list_output_types', {}, outputTypes],
    );
    const ask = user('Render all Gleitlager as WebP');
    expect(callsOf([ask, ...first])).toEqual([{ name: 'search_products', arguments: { query: 'Gleitlager' } }]);
    const second = answered(['search_products', { query: 'Gleitlager' }, none]);
    expect(words([ask, ...first, ...second])).toMatch(/found no products for “Gleitlager”/);
  });

  it('takes the selection that is open, written in the message, or found before', () => {
    const context = system('selection: sel_list1 (10000 products of the dropped list)');
    const types = answered(['list_output_types', {}, outputTypes]);
    const use = (messages: object[]): unknown => callsOf([...messages, ...types] as never)[0]?.arguments.selection_id;
    expect(use([context, user('Order these as WebP')])).toBe('sel_list1');
    expect(use([user('Render these as WebP\n[selection: sel_list2, 3 products]')])).toBe('sel_list2');
    const before = [user('find Kugellager'), ...answered(['search_products', {}, found]), assistant('148 products.')];
    expect(use([...before, user('render them as PNG')])).toBe('sel_k1');
  });

  it('unites several things named', () => {
    const ask = user('Render Kugellager and Nadellager as WebP');
    const searched = answered(
      ['search_products', { category: 'Kugellager' }, found],
      ['search_products', { category: 'Nadellager' }, { ...found, selection_id: 'sel_n1' }],
      ['list_output_types', {}, outputTypes],
    );
    const union = { op: 'union', a: 'sel_k1', b: 'sel_n1' };
    expect(callsOf([ask, ...searched])).toEqual([{ name: 'combine_selections', arguments: union }]);
    const united = answered(['combine_selections', union, { count: 200, selection_id: 'sel_u1' }]);
    expect(callsOf([ask, ...searched, ...united])[0]?.arguments.selection_id).toBe('sel_u1');
  });

  it('says so where changing tools are not offered', () => {
    expect(words([user('Render all Kugellager as WebP')], { tools: readingTools })).toMatch(
      /`create_order` is not available/,
    );
  });
});

describe('following up', () => {
  const created = [
    user('Render all Kugellager as WebP as a draft'),
    ...lookedUp,
    ...answered(['create_order', {}, { order }]),
    assistant('Done.'),
  ];

  it('means the order just talked about', () => {
    expect(callsOf([...created, user('and dispatch it')])).toEqual([
      { name: 'dispatch_renders', arguments: { order_id: 'SA-2026-00161' } },
    ]);
    expect(callsOf([...created, user('make it 2048x2048')])[0]?.arguments).toEqual({
      order_id: 'SA-2026-00161',
      overrides: { width: 2048, height: 2048 },
    });
    expect(callsOf([...created, user('Wie ist der Stand?')])[0]?.arguments).toEqual({ order_id: 'SA-2026-00161' });
    expect(callsOf([...created, user('undo that')])[0]?.name).toBe('undo_action');
  });

  it('means the open order where it says "this order"', () => {
    const open = system('You help operators.\nopen order: SA-2026-00099');
    expect(callsOf([open, ...created, user('status of this order')])[0]?.arguments).toEqual({
      order_id: 'SA-2026-00099',
    });
  });

  it('dispatches after changes that went through, and only then', () => {
    const ask = user('Set material override to Steel-Bare on SA-2026-00161 and dispatch it');
    const set = (result: unknown): ReturnType<typeof answered> => answered(['set_material_override', {}, result]);
    const changed = { order: { ...order, material_override: 'Steel-Bare' }, previous: null };
    expect(callsOf([ask, ...set(changed)])[0]?.name).toBe('dispatch_renders');
    expect(words([ask, ...set({ rejected: true, reason: 'no' })])).toMatch(/nothing was changed/);
    const both = [...set(changed), ...answered(['dispatch_renders', {}, { order }])];
    expect(words([ask, ...both])).toMatch(
      /material override Steel-Bare\. Before: none\.\n\nOrder \*\*SA-2026-00161\*\* is now queued/,
    );
  });
});

describe('answers', () => {
  it('gives the figures of the result', () => {
    const result = {
      since: '2026-11-15T23:00:00Z',
      until: '2026-11-22T23:00:00Z',
      time_zone: 'Europe/Berlin',
      total: 10234,
      done: 10200,
      failed: 12,
      cancelled: 0,
      queued: 20,
      running: 2,
      duration_ms: { p50: 1500, p95: 4000 },
      failures_by_reason: [{ reason: 'unmapped material', count: 12 }],
      groups: [],
    };
    const text = words([
      user('How many renders failed this week?'),
      ...answered(['get_render_stats', { period: 'this_week' }, result]),
    ]);
    expect(text).toMatch(/^\*\*12\*\* of 10,234 renders failed this week \(16 Nov 2026.*Europe\/Berlin\)/);
    expect(text).toMatch(/unmapped material: 12/);
  });

  it('tells status, failures and lists as the results have them', () => {
    const running = { ...order, status: 'running', done: 100, failed: 3, queued: 45 };
    const failures = [{ pim_id: 'KL-6205', error: 'mesh is `open`' }];
    const status = answered(['get_order_status', { order_id: 'last' }, { order: running, failures }]);
    expect(words([user("What's the status of my last order?"), ...status])).toBe(
      "Order **SA-2026-00161** is running: 148 products as WEBP 1024×1024 (Shop WebP large); 100 done, 3 failed, 45 queued.\n\nFailed renders:\n\n- KL-6205: `mesh is 'open'`",
    );
    const listed = answered(['list_orders', {}, { total: 7, orders: [running] }]);
    expect(words([user('Zeige meine Aufträge'), ...listed])).toMatch(
      /^7 Aufträge; die neuesten 1:\n\n- \*\*SA-2026-00161\*\*: in Arbeit/,
    );
    const rows = answered([
      'query_database',
      {},
      { columns: ['status', 'n'], rows: [['done', 4]], row_count: 1, truncated: false },
    ]);
    expect(words([user('SQL: select 1'), ...rows])).toBe('1 row:\n\n| status | n |\n| --- | --- |\n| done | 4 |');
  });

  it('finds the last order through the list where the status tool knows no "last"', () => {
    const plain = readingTools.map(
      (offered) => JSON.parse(JSON.stringify(offered).replace(/, or \\"last\\"[^"]*/g, '')) as object,
    );
    const ask = user("What's the status of my last order?");
    expect(callsOf([ask], { tools: plain })).toEqual([{ name: 'list_orders', arguments: { limit: 1, mine: true } }]);
    const listed = answered(['list_orders', {}, { total: 9, orders: [order] }]);
    expect(words([ask, ...listed], { tools: plain })).toMatch(/SA-2026-00161\*\* is queued/);
  });
});

describe('tool_choice', () => {
  const ask = user('How many renders failed this week?');

  it('none: words; required: a call; named: that call', () => {
    expect(words([ask], { tool_choice: 'none' })).toMatch(/not available/);
    expect(callsOf([user('hello')], { tool_choice: 'required' })).toHaveLength(1);
    const named = { type: 'function', function: { name: 'get_render_stats' } };
    expect(callsOf([ask], { tool_choice: named })).toEqual([
      { name: 'get_render_stats', arguments: { period: 'this_week' } },
    ]);
    expect(callsOf([user('hello')], { tool_choice: named })).toEqual([{ name: 'get_render_stats', arguments: {} }]);
  });

  it('fits arguments to strict schemas: null where nothing was said', () => {
    const properties = {
      status: { type: ['string', 'null'] },
      limit: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
    };
    const parameters = { type: 'object', properties, required: ['status', 'limit'], additionalProperties: false };
    const strict = { type: 'function', function: { name: 'list_orders', strict: true, parameters } };
    expect(callsOf([user('show my last 5 orders')], { tools: [strict] })[0]?.arguments).toEqual({
      status: null,
      limit: 5,
    });
  });
});
