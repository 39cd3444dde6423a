import { expect, test } from 'vitest';
import { createRequestLimit, requestsPerMinute } from './request-limit.ts';

test('one caller’s flood is refused until the window ends, and nobody else’s requests are', () => {
  let now = 0;
  const limit = createRequestLimit(60, () => now);
  const answers = Array.from({ length: 12 }, () => limit.take('a').ok);
  expect(answers.filter(Boolean)).toHaveLength(10);
  expect(limit.take('b').ok).toBe(true);
  now = 9000;
  expect(limit.take('a')).toMatchObject({ failure: { code: 'rate_limited', details: { retry_after_s: 1 } } });
  now = 10_000;
  expect(limit.take('a').ok).toBe(true);
});

test('a setting that is no number of requests is the usual one', () => {
  expect(requestsPerMinute({ RENDERDESK_REQUESTS_PER_MINUTE: '120' })).toBe(120);
  for (const given of ['', 'many', '-1', '0']) {
    expect(requestsPerMinute({ RENDERDESK_REQUESTS_PER_MINUTE: given })).toBe(60_000);
  }
});
