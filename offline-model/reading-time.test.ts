import { expect, it } from 'vitest';
import { step, user } from './test-support/converse.ts';

/** Pieces that patterns with several open ends take the longest over when a text is made of nothing else. */
const PIECES = [
  '\n',
  ' ',
  'as ',
  'in Aa-',
  '12x',
  'Kugellager-',
  'Material A ',
  'SA-2026-',
  'select ',
  '["',
  'remove ',
  'check ',
];

it('reads a hostile message in a bounded time', () => {
  for (const piece of PIECES) {
    const started = performance.now();
    step([user(`render ${piece.repeat(200_000 / piece.length)} as png`)]);
    expect(performance.now() - started, JSON.stringify(piece)).toBeLessThan(2000);
  }
});
