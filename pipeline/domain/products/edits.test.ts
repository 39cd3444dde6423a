import { expect, test } from 'vitest';
import { edits } from './edits.ts';

test.each([
  ['kugellager', 'kugellager', 0],
  ['kugelager', 'kugellager', 1],
  ['kuegllager', 'kugellager', 1],
  ['6205', '6295', 1],
  ['', 'abc', 3],
  ['rilenkugelager', 'rillenkugellager', 2],
])('%s to %s takes %i', (from, to, count) => {
  expect(edits(from, to)).toBe(count);
  expect(edits(to, from)).toBe(count);
});
