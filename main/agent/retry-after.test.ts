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
  [{ 'x-ratelimit-reset-tokens': '1h2m', 'x-ratelimit-reset-requests': '' }, '', 3_720_000],
  [{ 'x-ratelimit-reset-tokens': '1d' }, '', 86_400_000],
  [{ 'x-ratelimit-reset-tokens': ' 1.25s ' }, '', 1250],
  [{ 'x-ratelimit-reset-tokens': 'about 5s' }, '', undefined],
  [{ 'x-ratelimit-reset-tokens': '5s or so' }, '', undefined],
  [{ 'x-ratelimit-reset-tokens': '1s'.repeat(21) }, '', undefined],
  [{ 'x-ratelimit-reset-tokens': '1s'.repeat(20) }, '', 20_000],
  [{ 'x-ratelimit-reset-tokens': '1000000000' }, '', 1_000_000_000_000],
  [{ 'x-ratelimit-reset-tokens': String(NOW / 1000 - 30) }, 'try again in 2s', 2000],
  [{ 'x-ratelimit-reset-tokens': 'Mon, 23 Nov 2026 10:00:07 GMT' }, '', 7000],
  [
    {
      'x-ratelimit-reset-requests': '2s',
      'x-ratelimit-remaining-requests': ' 0 ',
      'x-ratelimit-reset-tokens': '3s',
      'x-ratelimit-remaining-tokens': '0',
    },
    '',
    3000,
  ],
  [{ 'retry-after': 'x Mon, 23 Nov 2026 10:00:20 GMT' }, '', undefined],
  [{ 'retry-after': '12345678901' }, '', undefined],
  [{ 'retry-after': '1234567890' }, '', 1_234_567_890_000],
  [{ 'retry-after': '1.1234567890' }, '', undefined],
  [{ 'retry-after': '5 seconds' }, '', undefined],
  [{ 'retry-after': 'in 5' }, '', undefined],
  [{ 'retry-after-ms': '1', 'x-ms-retry-after-ms': '2' }, '', 1],
  [{}, 'Retry after 1234567 seconds', undefined],
  [{}, 'Try Again In 2h', 7_200_000],
  [{}, 'try again in soon', undefined],
  [{}, 'Rate limit reached. Please try again in 1m30.5s. Visit…', 90_500],
  [{}, 'Please try again in 350ms.', 350],
  [{}, 'no hint', undefined],
])('reads %j and %j as %s ms', (headers, message, expected) => {
  expect(retryAfterMs(new Headers(headers), message, NOW)).toBe(expected);
});

it('does not need headers', () => {
  expect(retryAfterMs(undefined, 'Please retry after 2 seconds', NOW)).toBe(2000);
});
