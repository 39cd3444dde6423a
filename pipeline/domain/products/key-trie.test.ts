import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildKeyTrie } from './key-trie.ts';

/** Optimal string alignment by its definition: the slow and plain way. */
function distance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, row) =>
    Array.from({ length: b.length + 1 }, (_, column) => row + column),
  );
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      table[row]![column] = Math.min(
        table[row - 1]![column]! + 1,
        table[row]![column - 1]! + 1,
        table[row - 1]![column - 1]! + same,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        table[row]![column] = Math.min(table[row]![column]!, table[row - 2]![column - 2]! + 1);
      }
    }
  }
  return table[a.length]![b.length]!;
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', '1', '2'), minLength: 1, maxLength: 8 });

test('the trie finds exactly the keys within the limit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(word, { maxLength: 40 }),
      word,
      fc.constantFrom(0, 1, 2),
      async (words, text, limit) => {
        const keys = [...words].sort();
        const trie = await buildKeyTrie(keys, () => Promise.resolve());
        const expected = keys.flatMap((key, index) => {
          const edits = distance(text, key);
          return edits <= limit ? [{ index, distance: edits }] : [];
        });
        expect(trie.near(text, limit).sort((a, b) => a.index - b.index)).toEqual(expected);
      },
    ),
    { numRuns: 300 },
  );
});
