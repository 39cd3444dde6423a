import { sql } from 'drizzle-orm';
import type { Tx } from './transaction.ts';

/** What waits, over all tenants: numbers only. */
export interface Backlog {
  jobs: { queue: string; state: string; count: number }[];
  outbox: { waiting: number; oldestSeconds: number };
}

/** Reads what waits. Jobs that ended are left out: they are kept for a while and say nothing of the load. */
export async function readBacklog(tx: Tx): Promise<Backlog> {
  const jobs = await tx.execute<{ queue: string; state: string; count: number }>(sql`
    SELECT q.name AS queue, s.state, coalesce(n.count, 0)::integer AS count
    FROM pgboss.queue q CROSS JOIN (VALUES ('created'), ('retry'), ('active')) s (state)
    LEFT JOIN (SELECT name, state::text, count(*) FROM pgboss.job WHERE state < 'completed' GROUP BY 1, 2) n
      ON n.name = q.name AND n.state = s.state
    ORDER BY 1, 2`);
  const outbox = await tx.execute<{ waiting: number; oldest: number }>(
    sql`SELECT waiting::integer, oldest_seconds AS oldest FROM rd.outbox_backlog()`,
  );
  const [row] = outbox.rows;
  return { jobs: jobs.rows, outbox: { waiting: row?.waiting ?? 0, oldestSeconds: row?.oldest ?? 0 } };
}

/** The newest migration that ran, and whether the queue is there. */
export async function readLevel(tx: Tx): Promise<{ migration: string | null; queues: number }> {
  const answer = await tx.execute<{ migration: string | null; queues: number }>(sql`
    SELECT rd.schema_level() AS migration, (SELECT count(*)::integer FROM pgboss.queue) AS queues`);
  return answer.rows[0] ?? { migration: null, queues: 0 };
}
