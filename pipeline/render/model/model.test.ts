import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CATALOGUE_FILES, PART_KINDS, type Dimensions, type PartKind } from '../../../shared/domain/index.ts';
import { modelOf } from './index.ts';

const everything = { designation: '', has: () => true };
const good: Dimensions = { d: 25, D: 52, B: 15, rows: 1, closure: 'open' };

describe('modelOf', () => {
  test.each([
    ['d', { d: 52 }, 'bore diameter d (52 mm) must be smaller'],
    ['d', { d: Number.NaN }, 'bore diameter d must be a length above 0'],
    ['D', { D: Number.POSITIVE_INFINITY }, 'outside diameter D'],
    ['B', { B: -3 }, 'width B must be a length above 0 mm, not -3'],
    ['B', { B: 500 }, 'more than 3 times the outside diameter'],
    ['r', { r: 9 }, 'chamfer r (9 mm)'],
    ['rows', { rows: 0 }, 'number of rows'],
    ['alpha', { alpha: 80 }, 'contact angle alpha'],
    ['D', { d: 51.99 }, 'Rolling elements do not fit'],
    ['B', { B: 0.05 }, 'Rolling elements do not fit: the width B'],
  ])('names the impossible dimension %s', (field, change, sentence) => {
    const result = modelOf('deep_groove', { ...good, ...change }, everything);
    if (result.ok) throw new Error('it was drawn');
    expect(result.failure.code).toBe('part_not_drawable');
    expect(result.failure.message).toContain(sentence);
    expect(result.failure.fields?.[0]?.field).toBe(`dimensions.${field}`);
  });

  test('a kind nobody knows is a failure too', () => {
    const result = modelOf('toString' as PartKind, good, everything);
    expect(result.ok ? '' : result.failure.message).toContain('"toString"');
  });

  test('every product of the sample catalogue has a model', () => {
    const file = new URL('../../../resources/catalogue/products.json', import.meta.url);
    const products = CATALOGUE_FILES['products.json'].parse(JSON.parse(readFileSync(file, 'utf8')));
    const refused = products.flatMap((product) => {
      const has = (part: string): boolean => Object.hasOwn(product.cad_materials, part);
      const result = modelOf(product.kind, product.dimensions, { designation: product.designation, has });
      return result.ok ? [] : [`${product.pim_id}: ${result.failure.message}`];
    });
    expect(refused).toEqual([]);
    expect(products.length).toBeGreaterThan(100);
  });

  test('whatever the dimensions, a model stays inside them and has only finite points', () => {
    const length = fc.double({ min: 0.5, max: 500, noNaN: true });
    const kind = fc.constantFrom(...PART_KINDS.filter((name) => name !== 'housing'));
    const sizes = fc.record({ d: length, wall: length, B: length, rows: fc.integer({ min: 1, max: 4 }) });
    fc.assert(
      fc.property(kind, sizes, (name, { d, wall, B, rows }) => {
        const dimensions: Dimensions = { d, D: d + wall, B, rows, closure: 'open' };
        const result = modelOf(name, dimensions, everything);
        if (!result.ok) return;
        const turned = result.value.items.flatMap((item) => (item.type === 'turned' ? item.points : [])).flat();
        expect(turned.every(Number.isFinite)).toBe(true);
        const rings = result.value.cuts.filter(({ style }) => style === 'hatched');
        const radii = rings.flatMap(({ outline }) => outline.map(([, away]) => away));
        expect(Math.max(...radii)).toBeLessThanOrEqual((dimensions.D / 2) * 1.000001);
        expect(Math.min(...radii)).toBeGreaterThanOrEqual((d / 2) * 0.999999);
      }),
      { numRuns: 1000, seed: 6205 },
    );
  });
});
