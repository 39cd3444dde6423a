import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from 'pg';
import { withToken } from '../../helpers/with-token.ts';
import type { Told } from './client.ts';
import type { Place } from './place.ts';

const restMs = 120_000;

/** What must never be found, each as a query whose rows are the trouble. */
const forbidden: Readonly<Record<string, string>> = {
  'counters that differ from the lines': `
    SELECT o.number FROM rd.orders o JOIN LATERAL (
      SELECT count(*) AS total, count(*) FILTER (WHERE status = 'queued') AS queued,
        count(*) FILTER (WHERE status = 'running') AS running, count(*) FILTER (WHERE status = 'done') AS done,
        count(*) FILTER (WHERE status = 'failed') AS failed, count(*) FILTER (WHERE status = 'cancelled') AS cancelled
      FROM rd.order_lines l WHERE l.order_id = o.id) c ON true
    WHERE (o.lines_total, o.lines_queued, o.lines_running, o.lines_done, o.lines_failed, o.lines_cancelled)
      IS DISTINCT FROM (c.total, c.queued, c.running, c.done, c.failed, c.cancelled)`,
  'lines that differ from their newest render': `
    SELECT o.number, l.position, l.status, r.status FROM rd.order_lines l JOIN rd.orders o ON o.id = l.order_id
    JOIN rd.renders r ON r.id = l.render_id WHERE l.status <> r.status OR r.attempt <> l.attempts`,
  'attempts that are missing or doubled': `
    SELECT l.id FROM rd.order_lines l LEFT JOIN rd.renders r ON r.line_id = l.id
    GROUP BY l.id HAVING count(r.id) <> l.attempts OR count(r.id) FILTER (WHERE r.status = 'done') > 1`,
  'renders done without an image or more than once': `
    SELECT r.id, r.log FROM rd.renders r WHERE r.created_at > $1 AND (
      (r.status = 'done' AND r.image_key IS NULL) OR (r.status <> 'done' AND r.image_key IS NOT NULL)
      OR (SELECT count(*) FROM jsonb_array_elements(r.log) e WHERE e ->> 'text' ~ '^(Done in|Failed:|Stopped:)') > 1)`,
  'orders that were made, dispatched or ended other than once': `
    SELECT o.number FROM rd.orders o JOIN rd.order_history h ON h.order_id = o.id WHERE o.created_at > $1 GROUP BY o.id
    HAVING count(*) FILTER (WHERE h.event = 'created') <> 1 OR count(*) FILTER (WHERE h.event = 'dispatched') > 1
      OR count(*) FILTER (WHERE h.event = 'finished') > 1 + count(*) FILTER (WHERE h.event = 'retried')`,
  'missing event numbers': `
    SELECT tenant_id FROM rd.events GROUP BY tenant_id HAVING count(*) <> max(seq) - min(seq) + 1
    UNION ALL SELECT c.tenant_id FROM rd.event_counters c
    WHERE c.seq <> (SELECT coalesce(max(e.seq), 0) FROM rd.events e WHERE e.tenant_id = c.tenant_id)`,
  'orders whose last event says something else': `
    SELECT o.number, o.status, e.event FROM rd.orders o JOIN LATERAL (
      SELECT event FROM rd.events e WHERE e.tenant_id = o.tenant_id AND e.event ->> 'order_id' = o.id::text
        AND e.event ->> 'type' = 'order.changed' ORDER BY seq DESC LIMIT 1) e ON true
    WHERE e.event ->> 'status' <> o.status OR (e.event -> 'lines' ->> 'done')::int <> o.lines_done`,
  'lines whose last event says something else': `
    SELECT l.id, l.status, e.event FROM rd.order_lines l JOIN (
      SELECT DISTINCT ON (event ->> 'line_id') event FROM rd.events WHERE event ->> 'type' = 'line.changed'
      ORDER BY event ->> 'line_id', seq DESC) e ON e.event ->> 'line_id' = l.id::text
    WHERE e.event ->> 'status' <> l.status`,
  'jobs left over': `SELECT id, name, state FROM pgboss.job
    WHERE name IN ('render', 'render-dead') AND state IN ('created', 'retry', 'active')`,
};

/** Waits until nothing is open any more; the problem where that takes too long. */
export async function untilRest(db: Client): Promise<string | null> {
  const until = Date.now() + restMs;
  for (;;) {
    const open = await db.query<{ n: number; sample: string }>(`
      SELECT (SELECT count(*) FROM rd.orders WHERE status IN ('queued', 'running', 'cancelling'))::int
        + (SELECT count(*) FROM rd.outbox)::int
        + (SELECT count(*) FROM pgboss.job WHERE name IN ('render', 'render-dead') AND state IN ('created', 'retry', 'active'))::int AS n,
        (SELECT string_agg(number || ' ' || status || ' ' || lines_queued || '/' || lines_running, ', ') FROM rd.orders
         WHERE status IN ('queued', 'running', 'cancelling')) AS sample`);
    if (open.rows[0]?.n === 0) return null;
    if (Date.now() > until) return `not at rest after ${restMs / 1000} s: ${open.rows[0]?.sample ?? 'jobs or events'}`;
    await wait(200);
  }
}

/** Compares what is kept with what the clients were told. Returns every trouble in a sentence. */
export async function findTroubles(db: Client, told: readonly Told[], since: Date): Promise<string[]> {
  const troubles = told.flatMap(({ problems }) => problems);
  for (const [what, query] of Object.entries(forbidden)) {
    const found = await db.query(query, query.includes('$1') ? [since] : []);
    if (found.rows.length > 0) troubles.push(`${what}: ${JSON.stringify(found.rows.slice(0, 2))}`);
  }
  const orders = await db.query<{ id: string; status: string }>(
    'SELECT id, status FROM rd.orders WHERE created_at > $1',
    [since],
  );
  const kept = new Map(orders.rows.map(({ id, status }) => [id, status]));
  const creates = told.flatMap(({ asked }) => asked).filter(({ what, order }) => what === 'create' && order !== null);
  for (const { order } of creates) if (!kept.has(order?.id ?? '')) troubles.push(`order ${order?.number} is lost`);
  const known = new Set(creates.map(({ order }) => order?.id));
  if (known.size !== creates.length) troubles.push('two keys gave one order');
  const strange = [...kept.keys()].filter((id) => !known.has(id));
  if (strange.length > 0) troubles.push(`${strange.length} orders that nobody was told of`);
  for (const { what, order } of told.flatMap(({ asked }) => asked)) {
    const now = kept.get(order?.id ?? '');
    if (what === 'dispatch' && now === 'draft') troubles.push(`${order?.number} was dispatched and is a draft`);
  }
  return troubles;
}

/** Reads the images that are new, and compares the old ones with what they were. */
export async function checkImages(
  place: Place,
  token: string,
  db: Client,
  { images: seen, since }: { images: Map<string, string>; since: Date },
): Promise<string[]> {
  const done = await db.query<{ id: string }>(
    `SELECT id FROM rd.renders WHERE status = 'done' AND created_at > $1 ORDER BY finished_at DESC LIMIT 40`,
    [since],
  );
  const old = [...seen.keys()].filter((_, index) => index % 17 === 0).slice(0, 10);
  const troubles: string[] = [];
  for (const id of new Set([...done.rows.map((row) => row.id), ...old])) {
    const response = await fetch(`${place.origin()}/api/renders/${id}/image`, { headers: withToken({}, token) });
    if (!response.ok) {
      troubles.push(`the image of ${id} answered ${response.status}`);
      continue;
    }
    const hash = createHash('sha256')
      .update(Buffer.from(await response.arrayBuffer()))
      .digest('hex');
    if ((seen.get(id) ?? hash) !== hash) troubles.push(`the image of ${id} changed`);
    seen.set(id, hash);
  }
  return troubles;
}
