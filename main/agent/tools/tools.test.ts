import { describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { JournalEntry } from '../../../shared/domain/index.ts';
import { TOOLS, toolsOf } from './index.ts';

/** Keywords Azure refuses in a strict schema, with the other rules of structured outputs. */
const REFUSED = [
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'default',
];

type Node = Record<string, unknown>;

function faults(node: unknown, isRoot = true): string[] {
  if (typeof node !== 'object' || node === null) return [];
  if (Array.isArray(node)) return node.flatMap((each) => faults(each, false));
  const schema = node as Node;
  const found = isRoot && schema['anyOf'] ? ['anyOf at the root'] : [];
  for (const [keyword, value] of Object.entries(schema)) {
    if (REFUSED.includes(keyword)) found.push(keyword);
    if (keyword === 'properties') {
      const names = Object.keys(value as Node);
      if (JSON.stringify(schema['required']) !== JSON.stringify(names)) found.push('required');
      if (schema['additionalProperties'] !== false) found.push('additionalProperties');
      found.push(...Object.values(value as Node).flatMap((each) => faults(each, false)));
    } else found.push(...faults(value, false));
  }
  return found;
}

describe.each(TOOLS.map((tool) => [tool.name, tool] as const))('%s', (name, tool) => {
  it('is described within what Azure takes', () => {
    expect(name).toMatch(/^[a-z_]{1,64}$/);
    expect(tool.wire.function.description.length).toBeLessThanOrEqual(1024);
    expect(tool.wire.function).toMatchObject({ strict: true, parameters: { type: 'object' } });
    expect(faults(tool.wire.function.parameters)).toEqual([]);
  });

  it('refuses arguments that it does not know', () => {
    expect(tool.prepare({ tenant_id: 'other' })).toMatchObject({ ok: false, failure: { code: 'validation_failed' } });
  });
});

describe('the tools', () => {
  it('let a viewer’s model only look', () => {
    expect(toolsOf('viewer').every(({ kind }) => kind === 'read')).toBe(true);
    expect(toolsOf('operator')).toEqual(TOOLS);
  });

  it('take null for what was left out, and create_order exactly one source', () => {
    const order = TOOLS.find(({ name }) => name === 'create_order');
    const nulls = { product_ids: null, render_overrides: null, material_override: null, dispatch: null };
    const prepared = order?.prepare({ ...nulls, selection_id: 'sel_1', output_type_name: 'Web' });
    expect(prepared).toMatchObject({
      ok: true,
      value: { kind: 'change', change: { body: { selection_id: 'sel_1', output_type_name: 'Web', dispatch: true } } },
    });
    expect(order?.prepare({ ...nulls, selection_id: null, output_type_name: 'Web' }).ok).toBe(false);
    const overrides = { format: 'png', width: 64, height: null };
    expect(
      order?.prepare({ ...nulls, selection_id: 's', output_type_name: 'Web', render_overrides: overrides }),
    ).toMatchObject({
      value: { change: { body: { render_overrides: { format: 'png', width: 64 } } } },
    });
  });
});

describe('undo_action', () => {
  const undo = TOOLS.find(({ name }) => name === 'undo_action');
  const order = { id: randomUUID() };
  const past = (tool: string, more: object = {}) => {
    return { id: randomUUID(), tool, state: 'done', result: { order, previous: null }, ...more } as JournalEntry;
  };

  it.each([
    [
      'set_material_override',
      'Brass',
      { path: `/orders/${order.id}/material-override`, body: { material_name: 'Brass' } },
    ],
    ['set_material_override', null, { path: `/orders/${order.id}/material-override`, body: { material_name: null } }],
    [
      'set_render_overrides',
      { width: 64 },
      { path: `/orders/${order.id}/render-overrides`, body: { overrides: { width: 64 } } },
    ],
    ['create_order', undefined, { path: `/orders/${order.id}/cancel` }],
  ])('takes back %s by what stood there before: %j', (tool, previous, change) => {
    const action = past(tool, { result: { order, previous } });
    expect(undo?.prepare({ id: action.id }, [action])).toMatchObject({ ok: true, value: { kind: 'change', change } });
  });

  it('takes back only what was done in this conversation and can be', () => {
    const refused = [
      past('dispatch_renders'),
      past('set_material_override', { state: 'rejected' }),
      past('list_orders', { result: [] }),
    ];
    for (const action of refused) expect(undo?.prepare({ id: action.id }, refused).ok).toBe(false);
    expect(undo?.prepare({ id: randomUUID() }, refused).ok).toBe(false);
  });
});
