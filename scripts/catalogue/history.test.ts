import { expect, test } from 'vitest';
import { historySchema, pickHistoryProducts, type HistoryOrder } from '../../shared/domain/index.ts';
import { isUnmapped } from './build.ts';
import { HISTORY } from './library/history.ts';
import { MATERIALS } from './library/materials.ts';
import { OUTPUT_TYPES } from './library/output-types.ts';
import { buildProducts } from './products.ts';

const products = buildProducts();
const { orders } = historySchema.parse({ orders: HISTORY });

const failed = (order: HistoryOrder) => order.failures.reduce((sum, failure) => sum + failure.count, 0);

test('numbers run from 139 past 160, which is the last of the operator', () => {
  expect(orders.map((order) => order.number)).toEqual(
    Array.from({ length: 24 }, (_, i) => `SA-2026-${String(139 + i).padStart(5, '0')}`),
  );
  expect(orders.findLast((order) => order.created_by === 'operator')?.number).toBe('SA-2026-00160');
});

test('times rise with the numbers, and earlier weeks are never this week', () => {
  const places = orders.map((order) =>
    order.this_week ? order.week_part : -order.days_ago + order.hour / 24 + order.minute / 1440,
  );
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(orders.some((order) => !order.this_week && order.days_ago === 7)).toBe(true);
});

test('what an order is for exists, and its outcome adds up', () => {
  for (const order of orders) {
    const picked = pickHistoryProducts(products, order.products);
    expect(picked, order.number).toHaveLength(order.products.count);
    expect(OUTPUT_TYPES.map((type) => type.name)).toContain(order.output_type);
    if (order.material_override !== null) expect(MATERIALS.map((m) => m.name)).toContain(order.material_override);
    const done = picked.length - failed(order) - order.cancelled;
    const status =
      order.cancelled > 0 ? 'cancelled' : failed(order) === 0 ? 'done' : done === 0 ? 'failed' : 'done_with_failures';
    if (order.status !== 'draft') expect(order.status, order.number).toBe(status);
    for (const { pim_ids: named = [], count } of order.failures) {
      expect(picked.map((product) => product.pim_id)).toEqual(expect.arrayContaining(named));
      if (named.length > 0) expect(named).toHaveLength(count);
    }
  }
});

test('exactly the products with an unmapped material failed for it, unless it was overridden', () => {
  for (const order of orders) {
    const blocked = pickHistoryProducts(products, order.products).filter(isUnmapped);
    const named = order.failures.filter((failure) => failure.reason.startsWith('Unmapped CAD material '));
    if (order.material_override !== null) expect(named).toEqual([]);
    else expect(blocked.map((product) => product.pim_id).sort()).toEqual(named.flatMap((f) => f.pim_ids ?? []).sort());
    for (const { reason, pim_ids: pimIds = [] } of named) {
      for (const product of blocked.filter((candidate) => pimIds.includes(candidate.pim_id))) {
        expect(Object.values(product.cad_materials)).toContain(reason.replace('Unmapped CAD material ', ''));
      }
    }
  }
});

test('there are about 350 renders, and this week failed for several reasons', () => {
  const rendered = orders.filter((order) => order.status !== 'draft');
  const total = rendered.reduce((sum, order) => sum + order.products.count, 0);
  expect(total).toBeGreaterThan(320);
  expect(total).toBeLessThan(380);
  const thisWeek = orders.filter((order) => order.this_week);
  expect(new Set(thisWeek.map((order) => order.status))).toEqual(
    new Set(['done', 'done_with_failures', 'failed', 'draft']),
  );
  expect(new Set(thisWeek.flatMap((order) => order.failures.map((f) => f.reason))).size).toBeGreaterThanOrEqual(5);
  expect(thisWeek.reduce((sum, order) => sum + failed(order), 0)).toBe(15);
});
