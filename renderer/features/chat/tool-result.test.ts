import { expect, it } from 'vitest';
import { uuid } from '../../test-support/fixtures.ts';
import { summariseResult } from './tool-result.ts';

it('says in short what a tool found', () => {
  expect(summariseResult({ count: 148, selection_id: 'sel_1', label: 'Kugellager', products: [] }).text).toBe(
    '148 products · Kugellager',
  );
  expect(summariseResult({ total: 1204, done: 1181, failed: 23 }).text).toBe('1,204 renders: 1,181 done, 23 failed');
  expect(summariseResult({ error: { code: 'not_found', message: 'No such order.' } })).toEqual({
    text: 'No such order.',
    failed: true,
  });
  expect(summariseResult({ rejected: true, reason: 'too many' }).text).toBe('Rejected: too many');
});

it('finds the orders in a result, to draw them live', () => {
  const order = { id: uuid(), number: 'SA-2026-00160', status: 'running', products: 148 };
  expect(summariseResult({ order }).orders).toMatchObject([{ number: 'SA-2026-00160' }]);
  expect(summariseResult({ total: 7, orders: [order] })).toMatchObject({
    text: '7 orders',
    orders: [{ status: 'running' }],
  });
});

it('takes the first rows of a query and says nothing of a shape it does not know', () => {
  const rows = Array.from({ length: 30 }, (_, index) => [index, { nested: true }]);
  const summary = summariseResult({ columns: ['n', 'x'], rows, row_count: 30, truncated: false });
  expect(summary.table?.rows).toHaveLength(10);
  expect(summary.table?.rows[0]).toEqual([0, '…']);
  expect(summariseResult({ something: 'else' })).toEqual({ text: null });
  expect(summariseResult(null)).toEqual({ text: null });
});
