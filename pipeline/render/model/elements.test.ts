import { describe, expect, test } from 'vitest';
import { planElements } from './elements.ts';

const caged = { caged: true };

describe('planElements', () => {
  test.each([
    // Catalogue values of the makers: number of elements and their diameter in mm.
    ['6205', 'deep_groove', { d: 25, D: 52, B: 15, rows: 1 }, { count: 9, diameter: 7.94 }],
    ['6204', 'deep_groove', { d: 20, D: 47, B: 14, rows: 1 }, { count: 8, diameter: 7.94 }],
    ['6206', 'deep_groove', { d: 30, D: 62, B: 16, rows: 1 }, { count: 9, diameter: 9.53 }],
    ['6008', 'deep_groove', { d: 40, D: 68, B: 15, rows: 1 }, { count: 12, diameter: 7.94 }],
    ['6305', 'deep_groove', { d: 25, D: 62, B: 17, rows: 1 }, { count: 7, diameter: 11.5 }],
    ['1206', 'self_aligning', { d: 30, D: 62, B: 16, rows: 2 }, { count: 14, diameter: 7.94 }],
    ['NU208', 'cylindrical_roller', { d: 40, D: 80, B: 18, rows: 1 }, { count: 14, diameter: 11 }],
    ['30206', 'tapered_roller', { d: 30, D: 62, B: 17.25, rows: 1 }, { count: 17, diameter: 7.5 }],
  ] as const)('%s has the rolling elements of the real bearing', (_name, kind, dimensions, real) => {
    const plan = planElements(kind, dimensions, caged);
    expect(plan.count).toBe(real.count);
    expect(Math.abs(plan.diameter - real.diameter) / real.diameter).toBeLessThan(0.07);
  });

  test('without a cage the row is full but the elements still fit beside each other', () => {
    const dimensions = { d: 40, D: 80, B: 18, rows: 1 };
    const full = planElements('cylindrical_roller', dimensions, { caged: false });
    expect(full.count).toBeGreaterThan(planElements('cylindrical_roller', dimensions, caged).count);
    expect(2 * Math.asin(full.diameter / full.pitch) * full.count).toBeLessThan(2 * Math.PI);
  });
});
