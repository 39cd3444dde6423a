import { sql, type SQL } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import { orderCounterName } from '../../domain/orders/index.ts';

/** What the orders are made for. */
export interface OrderSeed {
  tenantId: string;
  timeZone: string;
  count: number;
  /** Products in `seeded_products`. */
  products: number;
  operatorId: string;
  adminId: string;
}

/** A number from 0 to 1 that is always the same for the same `of` and salt, and looks random. */
function chance(of: SQL, salt: number): SQL {
  return sql`((hashint8extended(${of}::bigint, ${sql.raw(String(salt))}) & 2147483647) / 2147483648.0)`;
}

/**
 * Writes orders over the past year with lines, renders and history, in a few statements however many they are. None is
 * open, so there is nothing that workers would have to do. Orders go on after the last number of their year.
 */
export async function insertOrders(tx: Tx, seed: OrderSeed): Promise<void> {
  await planOrders(tx, seed);
  await planLines(tx, seed);
  await writeOrders(tx, seed);
  await writeLines(tx, seed);
  await writeHistory(tx, seed);
  await writeCounters(tx, seed);
}

/** `seed_orders`: when each was made, by whom, its recipe, how many lines it has and how it went. */
async function planOrders(tx: Tx, { tenantId, timeZone, count, operatorId, adminId }: OrderSeed): Promise<void> {
  const n = sql`i`;
  await tx.execute(sql`DROP TABLE IF EXISTS seed_orders, seed_lines`);
  await tx.execute(sql`
    CREATE TEMPORARY TABLE seed_orders ON COMMIT DROP AS
    WITH types AS (
      SELECT *, row_number() OVER (ORDER BY is_default DESC, name) - 1 AS k, count(*) OVER () AS types
      FROM rd.output_types WHERE tenant_id = ${tenantId}
    ), timed AS (
      SELECT i, gen_random_uuid() AS id,
        now() - interval '10 minutes' - interval '1 second' * floor(31000000.0 * (${count}::integer - i) / ${count}::integer
          + 1000 * ${chance(n, 1)} * 300 / ${count}::integer) AS created_at,
        ${chance(n, 2)} AS fate,
        (1 + floor(59 * power(${chance(n, 3)}, 3)))::integer AS lines,
        CASE WHEN ${chance(n, 4)} < 0.8 THEN ${operatorId}::uuid ELSE ${adminId}::uuid END AS created_by,
        floor(power(${chance(n, 5)}, 2) * (SELECT max(types) FROM types))::integer AS k,
        CASE WHEN ${chance(n, 6)} < 0.15 THEN (SELECT min(name) FROM rd.materials WHERE tenant_id = ${tenantId}) END AS material_override
      FROM generate_series(1, ${count}::integer) AS i
    )
    SELECT i, timed.id, created_at, lines, created_by, material_override, t.id AS output_type_id, t.name AS output_type, t.settings,
      CASE WHEN fate < 0.03 THEN 'draft' WHEN fate < 0.80 THEN 'done' WHEN fate < 0.93 THEN 'done_with_failures'
        WHEN fate < 0.95 THEN 'failed' ELSE 'cancelled' END AS plan,
      extract(year FROM created_at AT TIME ZONE ${timeZone})::integer AS year
    FROM timed JOIN types t USING (k)`);
  await tx.execute(sql`ANALYZE seed_orders`);
}

/** `seed_lines`: each line's product and what became of its one render. An order is for neighbours of the catalogue. */
async function planLines(tx: Tx, { products }: OrderSeed): Promise<void> {
  const line = sql`(o.i::bigint * 64 + p)`;
  await tx.execute(sql`
    CREATE TEMPORARY TABLE seed_lines ON COMMIT DROP AS
    SELECT o.i, o.id AS order_id, p AS position, gen_random_uuid() AS id, gen_random_uuid() AS render_id, s.id AS product_id,
      CASE o.plan WHEN 'draft' THEN 'queued' WHEN 'done' THEN 'done' WHEN 'failed' THEN 'failed'
        WHEN 'cancelled' THEN CASE WHEN p <= o.lines / 3 THEN 'done' ELSE 'cancelled' END
        ELSE CASE WHEN p = 1 OR ${chance(line, 7)} < 0.12 THEN 'failed' ELSE 'done' END END AS status,
      floor(4 * power(${chance(line, 8)}, 2))::integer AS reason,
      (60 + (o.settings ->> 'width')::float8 * (o.settings ->> 'height')::float8 / 1000000
        * (220 + 180 * ${chance(line, 9)}))::integer AS duration_ms
    FROM seed_orders o CROSS JOIN LATERAL generate_series(1, o.lines) AS p
    JOIN seeded_products s ON s.n = (floor(${products}::integer * ${chance(sql`o.i`, 10)})::bigint + p) % ${products}::integer`);
  await tx.execute(sql`ANALYZE seed_lines`);
}

async function writeOrders(tx: Tx, { tenantId }: OrderSeed): Promise<void> {
  await tx.execute(sql`
    INSERT INTO rd.orders (id, tenant_id, number, status, output_type_id, output_type_name, base_settings, material_override,
      created_by, lines_total, lines_queued, lines_done, lines_failed, lines_cancelled, created_at, dispatched_at, finished_at)
    SELECT o.id, ${tenantId}::uuid, 'SA-' || year || '-' || lpad(counted, greatest(5, length(counted)), '0'),
      CASE WHEN plan = 'draft' THEN 'draft' WHEN c.cancelled > 0 THEN 'cancelled' WHEN c.failed = 0 THEN 'done'
        WHEN c.done = 0 THEN 'failed' ELSE 'done_with_failures' END,
      output_type_id, output_type, settings, material_override, created_by, o.lines, c.queued, c.done, c.failed, c.cancelled,
      created_at, CASE WHEN plan <> 'draft' THEN created_at END,
      CASE WHEN plan <> 'draft' THEN created_at + c.took * interval '1 millisecond' END
    FROM (SELECT *, row_number() OVER (PARTITION BY year ORDER BY created_at, i)::text AS counted FROM seed_orders) o
    JOIN (SELECT i, count(*) FILTER (WHERE status = 'queued') AS queued, count(*) FILTER (WHERE status = 'done') AS done,
        count(*) FILTER (WHERE status = 'failed') AS failed, count(*) FILTER (WHERE status = 'cancelled') AS cancelled,
        sum(duration_ms) AS took FROM seed_lines GROUP BY i) c USING (i)
    ORDER BY created_at`);
}

const REASONS = [
  ['Out of memory in the renderer', 'Out of memory in the renderer. Retry, or lower the samples.'],
  ['Render took too long', 'The render took longer than allowed. Retry, or lower the samples.'],
  ['Part cannot be drawn', 'The part cannot be drawn: its dimensions contradict each other.'],
  ['Render worker lost', 'The render worker stopped before the image was finished. Retry the failed renders.'],
] as const;

async function writeLines(tx: Tx, { tenantId }: OrderSeed): Promise<void> {
  const reasons = sql.param(REASONS.map(([reason]) => reason));
  const errors = sql.param(REASONS.map(([, error]) => error));
  await tx.execute(sql`
    INSERT INTO rd.order_lines (id, tenant_id, order_id, position, product_id, status, render_id, attempts, error)
    SELECT id, ${tenantId}::uuid, order_id, position, product_id, status, CASE WHEN status <> 'queued' THEN render_id END,
      CASE WHEN status = 'queued' THEN 0 ELSE 1 END,
      CASE WHEN status = 'failed' THEN (${errors}::text[])[reason + 1] END
    FROM seed_lines ORDER BY i, position`);
  await tx.execute(sql`
    INSERT INTO rd.renders (id, tenant_id, order_id, line_id, attempt, status, progress, settings, material_override, error,
      failure_reason, duration_ms, created_at, started_at, finished_at, log)
    SELECT l.render_id, ${tenantId}::uuid, l.order_id, l.id, 1, l.status, CASE WHEN l.status = 'done' THEN 1 ELSE 0 END,
      o.settings, o.material_override,
      CASE WHEN l.status = 'failed' THEN (${errors}::text[])[reason + 1] END,
      CASE WHEN l.status = 'failed' THEN (${reasons}::text[])[reason + 1] END,
      CASE WHEN l.status = 'done' THEN l.duration_ms END, o.created_at,
      CASE WHEN l.status <> 'cancelled' THEN started END, started + l.duration_ms * interval '1 millisecond', '[]'
    FROM seed_lines l JOIN seed_orders o USING (i),
      LATERAL (SELECT o.created_at + (l.position - 1) * interval '300 milliseconds' AS started) s
    WHERE l.status <> 'queued' ORDER BY l.i, l.position`);
}

async function writeHistory(tx: Tx, { tenantId }: OrderSeed): Promise<void> {
  await tx.execute(sql`
    INSERT INTO rd.order_history (tenant_id, order_id, at, actor, origin, event, text)
    SELECT ${tenantId}::uuid, o.id, o.created_at, u.name, 'click', 'created', 'Order for ' || o.lines_total || ' products.'
    FROM rd.orders o JOIN rd.users u ON u.id = o.created_by WHERE o.tenant_id = ${tenantId}
    UNION ALL
    SELECT ${tenantId}::uuid, o.id, o.finished_at, 'Pipeline', 'pipeline', 'finished',
      replace(o.status, '_', ' ') || ': ' || o.lines_done || ' of ' || o.lines_total || ' renders done.'
    FROM rd.orders o WHERE o.tenant_id = ${tenantId} AND o.finished_at IS NOT NULL
    ORDER BY 3`);
}

async function writeCounters(tx: Tx, { tenantId, timeZone }: OrderSeed): Promise<void> {
  const answer = await tx.execute<{ year: number; n: number }>(sql`
    SELECT extract(year FROM created_at AT TIME ZONE ${timeZone})::integer AS year, count(*)::integer AS n
    FROM rd.orders WHERE tenant_id = ${tenantId} GROUP BY 1`);
  for (const { year, n } of answer.rows) {
    await tx.execute(sql`INSERT INTO rd.tenant_counters (tenant_id, name, value)
      VALUES (${tenantId}, ${orderCounterName(year)}, ${n})`);
  }
}
