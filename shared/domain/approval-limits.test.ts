import { describe, expect, it } from 'vitest';
import { isAboveLimits } from './approval-limits.ts';

const limits = { max_renders: 20, max_orders: 1 };
const above = (counts: Record<string, number>, own = limits): boolean =>
  isAboveLimits({ summary: '', counts, sample: [] }, own);

describe('the tenant’s limits', () => {
  it.each([
    ['as many renders as may be', { orders: 1, renders: 20 }, false],
    ['one render more', { orders: 1, renders: 21 }, true],
    ['as many products as may be', { orders: 1, products: 20 }, false],
    ['one product more', { orders: 1, products: 21 }, true],
    ['few renders of many products', { orders: 1, renders: 0, products: 21 }, true],
    ['many renders of few products', { orders: 1, renders: 21, products: 1 }, true],
    ['as many renders to end as may be', { orders: 1, queued: 15, running: 5, kept: 90 }, false],
    ['one render more to end', { orders: 1, queued: 15, running: 6 }, true],
    ['one order more', { orders: 2, renders: 1 }, true],
    ['an order and nothing else', { orders: 1 }, false],
    ['no order', { orders: 0, renders: 20 }, false],
    ['orders that are not counted', { renders: 1 }, true],
    ['nothing that is counted', {}, true],
  ])('compare %s', (_what, counts, expected) => {
    expect(above(counts)).toBe(expected);
  });

  it('of zero let a change pass that makes nothing', () => {
    const none = { max_renders: 0, max_orders: 0 };
    expect(above({ orders: 0, renders: 0 }, none)).toBe(false);
    expect(above({ orders: 0, renders: 1 }, none)).toBe(true);
    expect(above({ orders: 1 }, none)).toBe(true);
  });
});
