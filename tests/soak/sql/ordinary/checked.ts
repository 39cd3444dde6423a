import type { Order } from '../../../../shared/domain/index.ts';
import type { Figures } from './figures.ts';

/** A query and the rows that the REST API's figures say it must answer. */
export interface CheckedQuery {
  readonly sql: string;
  readonly rows: (figures: Figures) => unknown[][];
}

const by = <T>(items: readonly T[], key: (item: T) => string): [string, T[]][] =>
  [...Map.groupBy(items, key)].sort(([a], [b]) => (a < b ? -1 : 1));

const total = (orders: readonly Order[], count: (lines: Order['lines']) => number): number =>
  orders.reduce((sum, { lines }) => sum + count(lines), 0);

/** Queries whose answers are known from another way through the server. */
export const checkedQueries: readonly CheckedQuery[] = [
  { sql: 'SELECT count(*) FROM orders', rows: ({ orders }) => [[orders.length]] },
  { sql: 'SELECT count(*) FROM products', rows: ({ products }) => [[products]] },
  {
    sql: "SELECT count(*) FROM products WHERE category_path = 'Kugellager' OR category_path LIKE 'Kugellager > %'",
    rows: ({ bearings }) => [[bearings]],
  },
  { sql: 'SELECT count(*) FROM categories', rows: ({ categories }) => [[categories]] },
  { sql: 'SELECT count(*) FROM materials', rows: ({ materials }) => [[materials]] },
  {
    sql: 'SELECT count(*), count(*) FILTER (WHERE unmapped), count(*) - count(material) FROM material_mappings',
    rows: ({ mappings }) => [[mappings.total, mappings.unmapped, mappings.unmapped]],
  },
  {
    sql: 'SELECT status, count(*) FROM orders GROUP BY status ORDER BY status COLLATE "C"',
    rows: ({ orders }) => by(orders, ({ status }) => status).map(([status, group]) => [status, group.length]),
  },
  {
    sql: 'SELECT output_type, sum(lines_total), sum(lines_failed) FROM orders GROUP BY 1 ORDER BY output_type COLLATE "C"',
    rows: ({ orders }) =>
      by(orders, (order) => order.output_type_name).map(([name, group]) => [
        name,
        total(group, (lines) => lines.total),
        total(group, (lines) => lines.failed),
      ]),
  },
  {
    sql: 'SELECT created_by, count(*) FROM orders GROUP BY created_by ORDER BY created_by COLLATE "C"',
    rows: ({ orders }) => by(orders, (order) => order.created_by.name).map(([name, group]) => [name, group.length]),
  },
  {
    sql: 'SELECT number, status, lines_total, lines_done, material_override FROM orders ORDER BY number',
    rows: ({ orders }) =>
      orders
        .toSorted((a, b) => (a.number < b.number ? -1 : 1))
        .map((order) => [order.number, order.status, order.lines.total, order.lines.done, order.material_override]),
  },
  {
    sql: 'SELECT created_at, dispatched_at, finished_at FROM orders ORDER BY number',
    rows: ({ orders }) =>
      orders
        .toSorted((a, b) => (a.number < b.number ? -1 : 1))
        .map((order) => [order.created_at, order.dispatched_at, order.finished_at]),
  },
  {
    sql: "SELECT settings ->> 'format', (settings ->> 'width')::int, render_overrides FROM orders ORDER BY number",
    rows: ({ orders }) =>
      orders
        .toSorted((a, b) => (a.number < b.number ? -1 : 1))
        .map(({ settings, render_overrides }) => [settings.format, settings.width, render_overrides]),
  },
  {
    sql: 'SELECT o.number, count(l.id) FROM orders o JOIN order_lines l ON l.order_id = o.id GROUP BY 1 ORDER BY 1',
    rows: ({ orders }) =>
      orders
        .filter(({ lines }) => lines.total > 0)
        .map(({ number, lines }) => [number, lines.total])
        .sort(([a = ''], [b = '']) => (a < b ? -1 : 1)),
  },
  {
    sql: 'SELECT name, format, width, height, quality, background, samples, camera, is_default FROM output_types ORDER BY name COLLATE "C"',
    rows: ({ outputTypes }) =>
      outputTypes
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .map(({ name, is_default, settings: s }) => [
          name,
          s.format,
          s.width,
          s.height,
          s.quality,
          s.background,
          s.samples,
          s.camera,
          is_default,
        ]),
  },
  {
    sql: "SELECT count(*), count(*) FILTER (WHERE status = 'done'), count(*) FILTER (WHERE status = 'failed') FROM renders",
    rows: ({ stats }) => [[stats.all.total, stats.all.done, stats.all.failed]],
  },
  {
    sql: "SELECT trunc(percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms)), trunc(percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms)) FROM renders WHERE status = 'done'",
    rows: ({ stats }) => [[Math.trunc(stats.all.duration_ms.p50 ?? 0), Math.trunc(stats.all.duration_ms.p95 ?? 0)]],
  },
  {
    sql: "SELECT failure_reason, count(*) FROM renders WHERE status = 'failed' GROUP BY 1 ORDER BY 2 DESC, 1",
    rows: ({ stats }) => stats.all.failures_by_reason.map(({ reason, count }) => [reason, count]),
  },
  {
    sql: "SELECT count(*) FROM renders WHERE created_at >= date_trunc('week', now())",
    rows: ({ stats }) => [[stats.this_week.total]],
  },
  {
    sql: "SELECT count(*) FROM renders WHERE status = 'failed' AND created_at >= date_trunc('week', now()) - interval '1 week' AND created_at < date_trunc('week', now())",
    rows: ({ stats }) => [[stats.last_week.failed]],
  },
  {
    sql: "SELECT count(*) FROM renders WHERE date_trunc('month', created_at) = date_trunc('month', now())",
    rows: ({ stats }) => [[stats.this_month.total]],
  },
  {
    sql: 'SELECT count(*) FROM renders WHERE created_at::date = current_date',
    rows: ({ stats }) => [[stats.today.total]],
  },
  {
    sql: "SELECT to_char(created_at, 'YYYY-MM-DD'), count(*), count(*) FILTER (WHERE status = 'failed') FROM renders GROUP BY 1 ORDER BY 1",
    rows: ({ byDay }) =>
      byDay.groups.filter((day) => day.total > 0).map(({ key, total: all, failed }) => [key, all, failed]),
  },
  {
    sql: 'SELECT output_type, count(*) FROM renders GROUP BY 1 ORDER BY 2 DESC, 1',
    rows: ({ byType }) => byType.groups.map(({ key, total: all }) => [key, all]),
  },
  {
    sql: 'WITH per AS (SELECT order_number, count(*) AS n FROM renders GROUP BY 1) SELECT sum(n), sum(n) OVER () = sum(n) OVER () FROM per GROUP BY n ORDER BY n LIMIT 0',
    rows: () => [],
  },
  {
    sql: 'SELECT (SELECT count(*) FROM order_lines), sum(lines_total), sum(lines_done + lines_failed + lines_cancelled + lines_queued + lines_running) FROM orders',
    rows: ({ orders }) => {
      const lines = total(orders, (counts) => counts.total);
      return [[lines, lines, lines]];
    },
  },
  { sql: 'SELECT name, time_zone FROM company', rows: ({ stats }) => [['Kugelwerk', stats.all.time_zone]] },
  {
    sql: 'SELECT 9007199254740993::bigint, 0.1::numeric, 123456789.123456789012, 1e21::float8, true, NULL, \'[1, {"a": null}]\'::jsonb',
    rows: () => [['9007199254740993', 0.1, '123456789.123456789012', 1e21, true, null, [1, { a: null }]]],
  },
  {
    sql: "SELECT ARRAY[1, NULL, 3], ARRAY['a,b', '\"c\"'], ARRAY[[1, 2], [3, 4]], '{}'::int[], ARRAY[now() = now()]",
    rows: () => [
      [
        [1, null, 3],
        ['a,b', '"c"'],
        [
          [1, 2],
          [3, 4],
        ],
        [],
        [true],
      ],
    ],
  },
  {
    sql: "SELECT timestamptz '2026-07-01 00:00', timestamptz '2026-12-01 00:00', timestamp '2026-07-01 00:00', date '2026-07-01'",
    rows: () => [['2026-06-30T22:00:00.000Z', '2026-11-30T23:00:00.000Z', '2026-07-01 00:00:00', '2026-07-01']],
  },
];
