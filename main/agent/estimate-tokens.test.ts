import { expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';

it.each([
  ['short words', 'a word words', 3],
  ['longer words, by four letters', 'wordin ABCDEFabcdefghi', 2 + 4],
  ['small letters after a capital', 'Word WORDy', 1 + 1],
  ['capitals, by two', 'SA XYZ', 1 + 2],
  ['capitals after small letters', 'abCD', 1 + 1],
  ['digits, by three', '123 1234', 1 + 2],
  ['marks, by two', '-- --- \u007f\n', 1 + 2 + 1],
  ['one space, which belongs to a word', 'a a', 2],
  ['many spaces, by 64', ` ${' '.repeat(63)}a${' '.repeat(65)}`, 1 + 1 + 2],
  ['spaces at the end', 'a  ', 1 + 1],
  ['one space at the end', 'a ', 1],
  ['letters beyond ASCII, two in a token', '\u0080\u00e9\u07ff', 2],
  ['letters further out, each a token', '\u0800中', 2],
  ['everything beside each other', 'a1-é中A', 1 + 1 + 1 + 2 + 1],
])('counts %s', (_what, text, tokens) => {
  expect(estimateTokens(text)).toBe(tokens);
});

it('costs nothing for nothing, and something for any long text', () => {
  expect(estimateTokens('')).toBe(0);
  for (const char of [' ', '\n', 'x', 'X', '7', '-', 'é', '中']) {
    expect(estimateTokens(char.repeat(10_000)), char).toBeGreaterThan(100);
  }
});
