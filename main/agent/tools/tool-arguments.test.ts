import { describe, expect, it } from 'vitest';
import { TOOLS } from './index.ts';

const PRODUCT = '0b6f6f0e-3f0c-4c7e-9a56-2f6c1f4f0a11';
const chars = (count: number): string => 'x'.repeat(count);
const ids = (count: number): string[] => Array.from({ length: count }, () => PRODUCT);

function prepare(name: string, args: unknown) {
  const tool = TOOLS.find((each) => each.name === name);
  if (!tool) throw new Error(`There is no tool ${name}.`);
  return tool.prepare(args);
}

/** The arguments that a refusal names. */
function named(name: string, args: unknown): string[] {
  const prepared = prepare(name, args);
  return prepared.ok ? [] : (prepared.failure.fields ?? []).map(({ field }) => field);
}

const order = { selection_id: 'sel_1', output_type_name: 'Web' };
const overrides = { order_id: 'SA-1', overrides: {} };

describe.each<[tool: string, good: object[], bad: [args: object, field: string][]]>([
  [
    'list_orders',
    [{}, { status: 'done_with_failures' }, { limit: 1 }, { limit: 50, mine: false }, { status: null, limit: null }],
    [
      [{ limit: 0 }, 'limit'],
      [{ limit: 51 }, 'limit'],
      [{ limit: 2.5 }, 'limit'],
      [{ status: 'late' }, 'status'],
      [{ mine: 'yes' }, 'mine'],
    ],
  ],
  [
    'search_products',
    [{}, { query: chars(200) }, { category: chars(300), limit: 1 }, { limit: 20 }, { query: null, category: null }],
    [
      [{ query: chars(201) }, 'query'],
      [{ category: chars(301) }, 'category'],
      [{ limit: 0 }, 'limit'],
      [{ limit: 21 }, 'limit'],
      [{ limit: 1.5 }, 'limit'],
    ],
  ],
  [
    'create_order',
    [
      order,
      { ...order, selection_id: chars(64) },
      { ...order, output_type_name: chars(200), material_override: chars(200), dispatch: false },
      { product_ids: ids(1), output_type_name: 'W' },
      { product_ids: ids(1000), output_type_name: 'Web', render_overrides: { width: 64 } },
    ],
    [
      [{ output_type_name: 'Web' }, 'selection_id'],
      [{ ...order, product_ids: ids(1) }, 'selection_id'],
      [{ ...order, selection_id: '' }, 'selection_id'],
      [{ ...order, selection_id: chars(65) }, 'selection_id'],
      [{ product_ids: [], output_type_name: 'Web' }, 'product_ids'],
      [{ product_ids: ids(1001), output_type_name: 'Web' }, 'product_ids'],
      [{ product_ids: ['KL-6205'], output_type_name: 'Web' }, 'product_ids.0'],
      [{ ...order, output_type_name: '' }, 'output_type_name'],
      [{ ...order, output_type_name: chars(201) }, 'output_type_name'],
      [{ ...order, material_override: '' }, 'material_override'],
      [{ ...order, material_override: chars(201) }, 'material_override'],
      [{ ...order, dispatch: 'no' }, 'dispatch'],
      [{ ...order, render_overrides: { width: 15 } }, 'render_overrides.width'],
      [{ ...order, render_overrides: { size: 64 } }, 'render_overrides'],
    ],
  ],
  ...['dispatch_renders', 'cancel_order', 'retry_failed_renders', 'check_materials', 'get_order_status'].map(
    (tool): [string, object[], [object, string][]] => [
      tool,
      [{ order_id: 'SA-2026-00160' }, { order_id: ` ${chars(64)} ` }],
      [
        [{}, 'order_id'],
        [{ order_id: '  ' }, 'order_id'],
        [{ order_id: chars(65) }, 'order_id'],
        [{ order_id: 160 }, 'order_id'],
      ],
    ],
  ),
  [
    'set_material_override',
    [
      { order_id: 'SA-1', material_name: null },
      { order_id: 'SA-1', material_name: `${chars(200)} ` },
    ],
    [
      [{ order_id: 'SA-1' }, 'material_name'],
      [{ order_id: 'SA-1', material_name: ' ' }, 'material_name'],
      [{ order_id: 'SA-1', material_name: chars(201) }, 'material_name'],
      [{ order_id: '', material_name: null }, 'order_id'],
    ],
  ],
  [
    'set_render_overrides',
    [
      overrides,
      { ...overrides, overrides: { format: 'avif', width: 16, height: 8192, quality: 100, samples: 1 } },
      { ...overrides, overrides: { background: '#00ff00', camera: 'section', width: null } },
    ],
    [
      [{ order_id: 'SA-1' }, 'overrides'],
      [{ ...overrides, overrides: { format: 'gif' } }, 'overrides.format'],
      [{ ...overrides, overrides: { height: 8193 } }, 'overrides.height'],
      [{ ...overrides, overrides: { quality: 0 } }, 'overrides.quality'],
      [{ ...overrides, overrides: { background: 'green' } }, 'overrides.background'],
      [{ ...overrides, overrides: { samples: 0 } }, 'overrides.samples'],
      [{ ...overrides, overrides: { camera: 'behind' } }, 'overrides.camera'],
      [{ ...overrides, overrides: { dpi: 300 } }, 'overrides'],
    ],
  ],
  [
    'get_render_stats',
    [
      {},
      { period: 'this_week', group_by: 'reason' },
      { since: '2026-11-23T00:00:00+01:00', until: '2026-11-23T12:00:00Z' },
    ],
    [
      [{ period: 'next_week' }, 'period'],
      [{ since: '2026-11-23' }, 'since'],
      [{ until: 'yesterday' }, 'until'],
      [{ group_by: 'user' }, 'group_by'],
    ],
  ],
  [
    'query_database',
    [{ sql: 'SELECT 1' }, { sql: ` ${chars(10_000)} ` }],
    [
      [{}, 'sql'],
      [{ sql: ' ' }, 'sql'],
      [{ sql: chars(10_001) }, 'sql'],
    ],
  ],
  ['list_output_types', [{}], [[{ query: 'Web' }, '']]],
  ['list_materials', [{}, { query: chars(200) }, { query: null }], [[{ query: chars(201) }, 'query']]],
  [
    'combine_selections',
    [
      { op: 'minus', a: 'sel_1', b: 'sel_2' },
      { op: 'union', a: chars(64), b: ` ${chars(64)}` },
    ],
    [
      [{ op: 'xor', a: 'sel_1', b: 'sel_2' }, 'op'],
      [{ op: 'minus', a: ' ', b: 'sel_2' }, 'a'],
      [{ op: 'minus', a: 'sel_1', b: chars(65) }, 'b'],
    ],
  ],
  [
    'select_rendered',
    [
      { order_id: 'last' },
      { period: 'today', status: 'failed' },
      { order_id: chars(64), period: 'all', status: null },
      { order_id: null, period: 'today' },
    ],
    [
      [{ status: 'failed' }, 'order_id'],
      [{ order_id: null, period: null }, 'order_id'],
      [{ order_id: '  ' }, 'order_id'],
      [{ order_id: chars(65) }, 'order_id'],
      [{ period: 'always' }, 'period'],
      [{ period: 'all', status: 'draft' }, 'status'],
    ],
  ],
  ['undo_action', [], [[{ id: 'SA-1' }, 'id']]],
  [
    'show_in_app',
    [
      { view: 'orders' },
      { view: 'settings', id: null },
      { view: 'order', id: chars(64) },
      { view: 'product', id: 'p' },
    ],
    [
      [{}, 'view'],
      [{ view: 'tenants' }, 'view'],
      [{ view: 'order' }, 'id'],
      [{ view: 'product', id: null }, 'id'],
      [{ view: 'order', id: ' ' }, 'id'],
      [{ view: 'order', id: chars(65) }, 'id'],
    ],
  ],
])('%s', (tool, good, bad) => {
  if (good.length > 0) {
    it.each(good)('takes %j', (args) => {
      expect(prepare(tool, args)).toMatchObject({ ok: true });
    });
  }

  it.each(bad)('refuses %j and names what is wrong: %s', (args, field) => {
    expect(named(tool, args)).toContain(field);
  });

  it('takes nothing beyond its arguments', () => {
    expect(named(tool, { ...good[0], tenant_id: 'other' })).toContain('');
  });
});

describe('a refusal of arguments', () => {
  it('says to the model what each argument has to be', () => {
    expect(prepare('list_orders', { limit: 0, mine: 1 })).toEqual({
      ok: false,
      failure: {
        code: 'validation_failed',
        message: expect.stringMatching(/^The arguments are not valid: limit: [^;]+; mine: [^;]+$/) as string,
        fields: [
          { field: 'limit', message: expect.stringContaining('>=1') as string },
          { field: 'mine', message: expect.stringContaining('boolean') as string },
        ],
      },
    });
    expect(prepare('list_orders', 'all')).toMatchObject({
      failure: { message: expect.stringMatching(/^The arguments are not valid: [^:]*: [^:]*$/) as string },
    });
  });

  it.each([
    ['create_order', { output_type_name: 'Web' }, 'selection_id: give either selection_id or product_ids'],
    ['select_rendered', {}, 'order_id: give order_id, period, or both'],
    ['show_in_app', { view: 'order' }, 'id: say which one'],
  ])('of %s says what is missing', (tool, args, said) => {
    expect(prepare(tool, args)).toMatchObject({ failure: { message: `The arguments are not valid: ${said}` } });
  });

  it('names ten faults at most', () => {
    const product_ids = Array.from({ length: 12 }, () => 'KL-6205');
    expect(named('create_order', { product_ids, output_type_name: 'Web' })).toHaveLength(10);
  });
});
