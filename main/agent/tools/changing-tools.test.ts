import { describe, expect, it } from 'vitest';
import { sampleCall, sampleOrder } from '../../../tests/helpers/agent/index.ts';
import type { JournalEntry } from '../../../shared/domain/index.ts';
import { TOOLS } from './index.ts';
import { orderView } from './order-view.ts';

function changeOf(name: string, args: unknown, past: readonly JournalEntry[] = []) {
  const prepared = TOOLS.find((tool) => tool.name === name)?.prepare(args, past);
  if (!prepared?.ok || prepared.value.kind !== 'change') throw new Error(JSON.stringify(prepared));
  return prepared.value.change;
}

const order = sampleOrder();
const PRODUCT = '0b6f6f0e-3f0c-4c7e-9a56-2f6c1f4f0a11';

describe('what a changing tool asks of the pipeline', () => {
  it.each<[tool: string, args: object, method: string, path: string, body: unknown]>([
    ['dispatch_renders', { order_id: ' SA-1 ' }, 'POST', '/orders/SA-1/dispatch', {}],
    ['cancel_order', { order_id: 'SA-1' }, 'POST', '/orders/SA-1/cancel', {}],
    ['cancel_order', { order_id: '../users?x' }, 'POST', '/orders/..%2Fusers%3Fx/cancel', {}],
    ['retry_failed_renders', { order_id: 'SA-1' }, 'POST', '/orders/SA-1/retry-failed', {}],
    [
      'set_material_override',
      { order_id: 'SA-1', material_name: ' Brass ' },
      'PUT',
      '/orders/SA-1/material-override',
      { material_name: 'Brass' },
    ],
    [
      'set_material_override',
      { order_id: 'SA-1', material_name: null },
      'PUT',
      '/orders/SA-1/material-override',
      { material_name: null },
    ],
    [
      'set_render_overrides',
      { order_id: 'SA-1', overrides: { format: 'png', width: null, samples: 16 } },
      'PUT',
      '/orders/SA-1/render-overrides',
      { overrides: { format: 'png', samples: 16 } },
    ],
    [
      'create_order',
      { product_ids: [PRODUCT], output_type_name: 'Web', dispatch: false },
      'POST',
      '/orders',
      { product_ids: [PRODUCT], output_type_name: 'Web', dispatch: false },
    ],
    [
      'create_order',
      { selection_id: 's', output_type_name: 'Web', render_overrides: { width: 64 }, material_override: 'Brass' },
      'POST',
      '/orders',
      {
        selection_id: 's',
        output_type_name: 'Web',
        render_overrides: { width: 64 },
        material_override: 'Brass',
        dispatch: true,
      },
    ],
    [
      'create_order',
      { selection_id: 's', output_type_name: 'Web', render_overrides: null, material_override: null, dispatch: null },
      'POST',
      '/orders',
      { selection_id: 's', output_type_name: 'Web', dispatch: true },
    ],
  ])('%s %j', (tool, args, ...expected) => {
    const { method, path, body } = changeOf(tool, args);
    expect([method, path, body]).toEqual(expected);
  });
});

describe('what a changing tool tells of its answer', () => {
  it.each<[tool: string, args: object, answer: unknown, told: unknown]>([
    ...['dispatch_renders', 'cancel_order', 'retry_failed_renders'].map((tool): [string, object, unknown, unknown] => [
      tool,
      { order_id: 'SA-1' },
      order,
      { order: orderView(order) },
    ]),
    ['create_order', { selection_id: 's', output_type_name: 'Web' }, order, { order: orderView(order) }],
    [
      'set_material_override',
      { order_id: 'SA-1', material_name: 'Brass' },
      { order, previous: 'Steel-Bare' },
      { order: orderView(order), previous: 'Steel-Bare' },
    ],
    [
      'set_render_overrides',
      { order_id: 'SA-1', overrides: {} },
      { order, previous: { width: 64 } },
      { order: orderView(order), previous: { width: 64 } },
    ],
  ])('%s', (tool, args, answer, told) => {
    expect(changeOf(tool, args).answer.parse(answer)).toEqual(told);
  });

  it('is the order with what a person asks about it', () => {
    const { id, created_at } = order;
    const lines = { total: 15, queued: 1, running: 2, done: 3, failed: 4, cancelled: 5 };
    expect(orderView({ ...order, lines, material_override: 'Brass' })).toEqual({
      id,
      number: 'SA-2026-00160',
      status: 'queued',
      output_type: 'Web',
      format: 'webp',
      width: 1024,
      height: 1024,
      material_override: 'Brass',
      products: 15,
      queued: 1,
      running: 2,
      done: 3,
      failed: 4,
      cancelled: 5,
      created_at,
      created_by: 'Anna',
    });
  });
});

describe('undo_action', () => {
  const undo = TOOLS.find(({ name }) => name === 'undo_action');
  const done = (tool: string, result: object, more: Partial<JournalEntry> = {}): JournalEntry =>
    sampleCall({ tool, result, ...more });
  const said = (id: string, past: readonly JournalEntry[]): string => {
    const prepared = undo?.prepare({ id }, past);
    return prepared?.ok === false ? prepared.failure.message : '';
  };

  it('tells what it took back', () => {
    const created = done('create_order', { order });
    expect(changeOf('undo_action', { id: created.id }, [created]).answer.parse(order)).toEqual({
      order: orderView(order),
      undid: 'create_order',
    });
    const material = done('set_material_override', { order, previous: 'Brass' });
    const answer = { order, previous: 'Steel-Bare' };
    expect(changeOf('undo_action', { id: material.id }, [material]).answer.parse(answer)).toEqual({
      order: orderView(order),
      previous: 'Steel-Bare',
      undid: 'set_material_override',
    });
  });

  it('takes an undo back in turn', () => {
    const undone = done('undo_action', { order, previous: 'Steel-Bare', undid: 'set_material_override' });
    expect(changeOf('undo_action', { id: undone.id }, [undone])).toMatchObject({
      path: `/orders/${order.id}/material-override`,
      body: { material_name: 'Steel-Bare' },
    });
    const cancelled = done('undo_action', { order, undid: 'create_order' });
    expect(said(cancelled.id, [cancelled])).toBe('undo_action cannot be taken back.');
  });

  it('takes overrides of an order that had none back to none', () => {
    const set = done('set_render_overrides', { order, previous: null });
    expect(changeOf('undo_action', { id: set.id }, [set]).body).toEqual({ overrides: {} });
  });

  it('takes nothing back twice', () => {
    const created = done('create_order', { order });
    const once = done('undo_action', { order }, { arguments: { id: created.id } });
    expect(said(created.id, [created, once])).toBe('It has been taken back already.');
    const refused = { ...once, state: 'rejected' as const };
    const other = { ...once, arguments: { id: once.id } };
    const elsewhere = { ...once, tool: 'show_in_app' };
    expect(undo?.prepare({ id: created.id }, [refused, other, elsewhere, created]).ok).toBe(true);
  });

  it.each([
    ['what is not of this conversation', 'x', [], 'id: no change of this conversation has this action_id.'],
    [
      'what did not happen',
      'set_material_override',
      [{ state: 'failed' as const }],
      'id: no change of this conversation',
    ],
    ['a change without a way back', 'dispatch_renders', [{}], 'dispatch_renders cannot be taken back.'],
    ['a read', 'list_orders', [{ result: { orders: [] } }], 'list_orders cannot be taken back.'],
    [
      'a material that is no name',
      'set_material_override',
      [{ result: { order, previous: 5 } }],
      'set_material_override cannot be taken back.',
    ],
    [
      'overrides that are none',
      'set_render_overrides',
      [{ result: { order, previous: { width: 1 } } }],
      'set_render_overrides cannot be taken back.',
    ],
  ] as const)('refuses %s', (_what, tool, more, message) => {
    const action = done(tool, { order, previous: null }, { ...more[0] });
    expect(said(action.id, more.length === 0 ? [] : [sampleCall({ tool }), action])).toContain(message);
  });
});
