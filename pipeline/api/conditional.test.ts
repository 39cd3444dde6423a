import { expect, test } from 'vitest';
import { hasAlready, readRange } from './conditional.ts';

test.each([
  [undefined, false],
  ['"abc"', true],
  ['W/"abc"', true],
  ['*', true],
  [' * ', true],
  ['"x", W/"y", "abc"', true],
  ['"x","y"', false],
  ['abc', false],
  ['"ab', false],
  ['', false],
  ['"a*c"', false],
])('If-None-Match %j has "abc" already: %j', (header, expected) => {
  expect(hasAlready(header, '"abc"')).toBe(expected);
});

test.each([
  ['bytes=0-9', { first: 0, last: 9 }],
  ['bytes=90-', { first: 90, last: 99 }],
  ['bytes=-10', { first: 90, last: 99 }],
  ['bytes=-1000', { first: 0, last: 99 }],
  ['bytes=50-1000', { first: 50, last: 99 }],
  ['bytes=100-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=9-5', null],
  ['bytes=-', null],
  ['bytes=0-1,5-6', null],
  ['rows=0-1', null],
  ['bytes=a-b', null],
])('Range %j of 100 bytes', (range, expected) => {
  expect(readRange({ range }, { tag: '"t"', size: 100 })).toEqual(expected);
});

test('If-Range gives the whole where the tag is another one', () => {
  expect(readRange({ range: 'bytes=0-1', 'if-range': '"t"' }, { tag: '"t"', size: 9 })).toEqual({ first: 0, last: 1 });
  expect(readRange({ range: 'bytes=0-1', 'if-range': '"u"' }, { tag: '"t"', size: 9 })).toBeNull();
});
