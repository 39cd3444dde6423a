import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');

it.each([
  [{ 'retry-after-ms': '1500', 'retry-after': '9' }, '', 1500],
  [{ 'x-ms-retry-after-ms': '250' }, '', 250],
  [{ 'retry-after': '3600' }, '', 3_600_000],
  [{ 'retry-after': '0' }, '', 0],
  [{ 'retry-after': ' 1.5 ' }, '', 1500],
  [{ 'retry-after': 'Mon, 23 Nov 2026 10:00:20 GMT' }, '', 20_000],
  [{ 'retry-after': 'Monday, 23-Nov-26 10:00:20 GMT' }, '', 20_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 09:00:00 GMT' }, '', 0],
  [{ 'retry-after': 'Mon, 99 Nov 2026 09:00:00 GMT' }, '', undefined],
  [{ 'retry-after': 'soon' }, 'Please retry after 33 seconds.', 33_000],
  [{ 'retry-after': '-5' }, '', undefined],
  [{ 'retry-after': '1e9' }, '', undefined],
  [{ 'retry-after': '99999999999999999999' }, '', undefined],
  [{ 'retry-after-ms': 'x', 'retry-after': '2' }, '', 2000],
  [{ 'x-ratelimit-reset-requests': '1s', 'x-ratelimit-reset-tokens': '6m0s' }, '', 360_000],
  [
    {
      'x-ratelimit-reset-requests': '120ms',
      'x-ratelimit-remaining-requests': '0',
      'x-ratelimit-reset-tokens': '6m0s',
      'x-ratelimit-remaining-tokens': '77',
    },
    '',
    120,
  ],
  [{ 'x-ratelimit-reset-tokens': '12' }, '', 12_000],
  [{ 'x-ratelimit-reset-tokens': String(NOW / 1000 + 30) }, '', 30_000],
  [{ 'x-ratelimit-reset-tokens': '2026-11-23T10:00:07Z' }, '', undefined],
  [{ 'x-ratelimit-reset-tokens': '-1', 'x-ratelimit-reset-requests': '0' }, 'try again in 20s', 20_000],
  [{}, 'Rate limit reached. Please try again in 1m30.5s. Visit…', 90_500],
  [{}, 'Please try again in 350ms.', 350],
  [{}, 'no hint', undefined],
])('reads %j and %j as %s ms', (headers, message, expected) => {
  expect(retryAfterMs(new Headers(headers), message, NOW)).toBe(expected);
});

it('does not need headers', () => {
  expect(retryAfterMs(undefined, 'Please retry after 2 seconds', NOW)).toBe(2000);
});
