import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { FastifyBaseLogger } from 'fastify';
import { JOB_SCHEMA, type Database, type Tx } from '../db/index.ts';
import { QUEUES } from './boss.ts';
import { finishRender } from './finish.ts';

/** So often the renders nobody works on are looked for; the database lets one process at a time look. */
const LOOK_MS = 10_000;

interface StuckRender extends Record<string, unknown> {
  tenant_id: string;
  render_id: string;
  trouble: 'no job' | 'not stopping';
}

/**
 * Looks for open renders that no job stands for any more (their queue was emptied, restored from an older backup, or a job
 * ended without its render) and hands them out again, and for cancelled ones whose worker does not answer and ends them.
 */
export function startSupervisor(
  database: Database,
  boss: PgBoss,
  hooks: { log: FastifyBaseLogger; onError: (error: unknown) => void },
): { stop: () => Promise<void> } {
  let looking: Promise<unknown> | null = null;
  const timer = setInterval(() => {
    looking ??= superviseOnce(database, boss, hooks.log)
      .catch(hooks.onError)
      .finally(() => {
        looking = null;
      });
  }, LOOK_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await looking;
    },
  };
}

/** One look. Returns how many renders it dealt with. */
export async function superviseOnce(database: Database, boss: PgBoss, log: FastifyBaseLogger): Promise<number> {
  const stuck = await database.asWorker((tx) => tx.execute<StuckRender>(sql`SELECT * FROM rd.stuck_renders()`));
  for (const { tenant_id, render_id, trouble } of stuck.rows) {
    log.warn({ render_id, trouble }, 'a stuck render');
    await database.withTenantAsWorker(tenant_id, async (tx) => {
      if (trouble === 'not stopping') await finishRender(tx, render_id, null, { status: 'cancelled' });
      else await handOutAgain(tx, boss, { tenant_id, render_id });
    });
  }
  return stuck.rows.length;
}

/** The render's ended job lives again with one more try, so that an older hold on it stays void; else it gets a new one. */
async function handOutAgain(tx: Tx, boss: PgBoss, job: { tenant_id: string; render_id: string }): Promise<void> {
  const revived = await tx.execute(sql`
    UPDATE ${sql.identifier(JOB_SCHEMA)}.job
    SET state = 'retry', start_after = now(), completed_on = NULL, heartbeat_on = NULL,
        retry_limit = greatest(retry_limit, retry_count + 1)
    WHERE name = ${QUEUES.render} AND id = ${job.render_id} AND state NOT IN ('created', 'retry', 'active')`);
  if ((revived.rowCount ?? 0) > 0) return;
  const found = await tx.execute(
    sql`SELECT 1 FROM ${sql.identifier(JOB_SCHEMA)}.job WHERE name = ${QUEUES.render} AND id = ${job.render_id}`,
  );
  if (found.rows.length > 0) return;
  await boss.insert(QUEUES.render, [{ id: job.render_id, data: job }], { db: fromDrizzle(tx, sql) });
}
