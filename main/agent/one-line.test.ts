import { expect, it } from 'vitest';
import { oneLine } from './one-line.ts';

it.each([
  ['a name', 'Lager 6205', 'Lager 6205'],
  ['a break of a line', 'a\nb', 'a b'],
  ['many breaks, also those of Unicode and of a terminal', 'a\r\n\u2028\u2029\u0085\u001b[2Jb', 'a [2Jb'],
  ['spaces around it', ' \t a b \n', 'a b'],
  ['half of a pair', 'a\ud83d', 'a\ufffd'],
])('puts %s on one line', (_what, text, line) => {
  expect(oneLine(text)).toBe(line);
});

it('keeps what fits and says where something is left out', () => {
  expect(oneLine('x'.repeat(200))).toBe('x'.repeat(200));
  expect(oneLine('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`);
  expect(oneLine('abcde', 5)).toBe('abcde');
  expect(oneLine('abcdef', 5)).toBe('abcd…');
  expect(oneLine('abc\ud83d\ude00\ud83d\ude00', 5)).toBe('abc\ufffd…');
});

it('reads no more than twice of what it keeps', () => {
  expect(oneLine(`${' '.repeat(10)}abc`, 5)).toBe('');
  expect(oneLine(`${' '.repeat(9)}abc`, 5)).toBe('a');
});
