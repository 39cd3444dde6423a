import { expect, it } from 'vitest';
import { answered, callsOf, user, words } from '../test-support/converse.ts';
import { readingTools } from '../test-support/offered-tools.ts';
import { order } from '../test-support/results.ts';

it('gives the figures of the result', () => {
  const result = {
    since: '2026-11-15T23:00:00Z',
    until: '2026-11-22T23:00:00Z',
    time_zone: 'Europe/Berlin',
    total: 10234,
    done: 10200,
    failed: 12,
    cancelled: 0,
    queued: 20,
    running: 2,
    duration_ms: { p50: 1500, p95: 4000 },
    failures_by_reason: [{ reason: 'unmapped material', count: 12 }],
    groups: [],
  };
  const text = words([
    user('How many renders failed this week?'),
    ...answered(['get_render_stats', { period: 'this_week' }, result]),
  ]);
  expect(text).toMatch(/^\*\*12\*\* of 10,234 renders failed this week \(16 Nov 2026.*Europe\/Berlin\)/);
  expect(text).toMatch(/unmapped material: 12/);
  const good = words([
    user('How many renders did not fail this week?'),
    ...answered(['get_render_stats', { period: 'this_week' }, result]),
  ]);
  expect(good).toMatch(/^\*\*10,200\*\* of 10,234 renders are done this week/);
});

it('tells status, failures and lists as the results have them', () => {
  const running = { ...order, status: 'running', done: 100, failed: 3, queued: 45 };
  const failures = [{ pim_id: 'KL-6205', error: 'mesh is `open`' }];
  const status = answered(['get_order_status', { order_id: 'last' }, { order: running, failures }]);
  expect(words([user("What's the status of my last order?"), ...status])).toBe(
    "Order **SA-2026-00161** is running: 148 products as WEBP 1024×1024 (Shop WebP large); 100 done, 3 failed, 45 queued.\n\nFailed renders:\n\n- KL-6205: `mesh is 'open'`",
  );
  const listed = answered(['list_orders', {}, { total: 7, orders: [running] }]);
  expect(words([user('Zeige meine Aufträge'), ...listed])).toMatch(
    /^7 Aufträge; die neuesten 1:\n\n- \*\*SA-2026-00161\*\*: in Arbeit/,
  );
  const rows = answered([
    'query_database',
    {},
    { columns: ['status', 'n'], rows: [['done', 4]], row_count: 1, truncated: false },
  ]);
  expect(words([user('SQL: select 1'), ...rows])).toBe('1 row:\n\n| status | n |\n| --- | --- |\n| done | 4 |');
});

it('finds the last order through the list where the status tool knows no "last"', () => {
  const plain = readingTools.map(
    (offered) => JSON.parse(JSON.stringify(offered).replace(/, or \\"last\\"[^"]*/g, '')) as object,
  );
  const ask = user("What's the status of my last order?");
  expect(callsOf([ask], { tools: plain })).toEqual([{ name: 'list_orders', arguments: { limit: 1, mine: true } }]);
  const listed = answered(['list_orders', {}, { total: 9, orders: [order] }]);
  expect(words([ask, ...listed], { tools: plain })).toMatch(/SA-2026-00161\*\* is queued/);
});
