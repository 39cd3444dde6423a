import { expect, it } from 'vitest';
import { decide, type ApprovalRules } from './decide.ts';

const rules = (run: ApprovalRules['run'], policy: ApprovalRules['tenant']['policy']): ApprovalRules => ({
  run,
  tenant: { policy, max_renders: 20, max_orders: 1 },
});
const effect = (counts: Record<string, number>) => ({ summary: '', counts, sample: [] });

it.each([
  ['deny', 'never', 'deny'],
  ['ask', 'never', 'ask'],
  ['ask', 'above_limits', 'ask'],
  ['auto', 'always', 'ask'],
  ['auto', 'never', 'run'],
  ['auto', 'above_limits', 'run'],
] as const)('lets the stricter of %s and %s hold: %s', (run, policy, verdict) => {
  expect(decide(rules(run, policy), effect({ orders: 1, renders: 20 }))).toBe(verdict);
});

it.each([
  [{ orders: 1, renders: 21 }, 'ask'],
  [{ orders: 2, renders: 1 }, 'ask'],
  [{ orders: 1 }, 'run'],
  [{ renders: 1 }, 'ask'],
  [{ orders: 1, renders: 0, products: 21 }, 'ask'],
])('measures %j against the limits: %s', (counts, verdict) => {
  expect(decide(rules('auto', 'above_limits'), effect(counts))).toBe(verdict);
});
