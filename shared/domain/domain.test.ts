import { expect, test } from 'vitest';
import {
  canAct,
  isFinalOrderStatus,
  isFinalToolCallState,
  newOrderSchema,
  newSelectionSchema,
  ORDER_STATUSES,
  pageQuerySchema,
  renderOverridesSchema,
  TOOL_CALL_STATES,
} from './index.ts';

const id = '3f0c2f2e-6d7f-4a5d-9f0e-1c2b3a4d5e6f';

test('an order takes its products from exactly one place', () => {
  const base = { output_type_name: 'Web Standard' };
  expect(newOrderSchema.parse({ ...base, selection_id: 'sel_1' }).dispatch).toBe(true);
  expect(newOrderSchema.safeParse(base).success).toBe(false);
  expect(newOrderSchema.safeParse({ ...base, selection_id: 'sel_1', product_ids: [id] }).success).toBe(false);
  expect(newOrderSchema.safeParse({ ...base, product_ids: [] }).success).toBe(false);
});

test('overrides know no other settings and no impossible sizes', () => {
  expect(renderOverridesSchema.parse({ format: 'webp', width: 1024 })).toEqual({ format: 'webp', width: 1024 });
  for (const bad of [
    { tenant_id: id },
    { width: 0 },
    { width: 9000 },
    { width: 10.5 },
    { quality: 101 },
    { background: 'red' },
  ]) {
    expect(renderOverridesSchema.safeParse(bad).success, JSON.stringify(bad)).toBe(false);
  }
});

test('a selection has exactly one source', () => {
  expect(newSelectionSchema.safeParse({ filter: { category: 'Kugellager' } }).success).toBe(true);
  expect(newSelectionSchema.safeParse({ op: 'minus', a: 'sel_1', b: 'sel_2' }).success).toBe(true);
  expect(newSelectionSchema.safeParse({ filter: {}, product_ids: [id] }).success).toBe(false);
});

test('page size is bounded and read from a query string', () => {
  expect(pageQuerySchema.parse({ limit: '20' }).limit).toBe(20);
  expect(pageQuerySchema.safeParse({ limit: '201' }).success).toBe(false);
});

test('final states are the ones nothing follows', () => {
  expect(ORDER_STATUSES.filter(isFinalOrderStatus)).toEqual(['done', 'done_with_failures', 'failed', 'cancelled']);
  expect(TOOL_CALL_STATES.filter((state) => !isFinalToolCallState(state))).toEqual([
    'proposed',
    'awaiting',
    'approved',
    'running',
  ]);
  expect([canAct('viewer'), canAct('operator'), canAct('admin')]).toEqual([false, true, true]);
});
