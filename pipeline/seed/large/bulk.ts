import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import type { Connection, Tx } from '../../db/index.ts';

/** Tables that are filled in bulk. */
const TABLES = [
  'rd.products',
  'rd.orders',
  'rd.order_lines',
  'rd.renders',
  'rd.order_history',
  'rd_search.products',
  'rd_search.words',
  'rd_search.postings',
] as const;

const names = sql.param([...TABLES]);

/**
 * Fills tables in bulk: their indexes are made anew after the rows instead of row by row, and neither triggers nor
 * foreign keys are looked at meanwhile, which takes a superuser; another admin waits for them.
 */
export async function inBulk(tx: Tx, fill: () => Promise<void>): Promise<void> {
  // As the login itself: the indexes and the search tables are the owner's, of whom it is a member, or it is a superuser.
  await tx.execute(sql`SET LOCAL ROLE NONE`);
  await tx.execute(sql`SELECT set_config('maintenance_work_mem', '512MB', true), set_config('work_mem', '256MB', true),
    CASE WHEN current_setting('is_superuser') = 'on' THEN set_config('session_replication_role', 'replica', true) END`);
  const indexes = await tx.execute<{ name: string; definition: string }>(sql`
    SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i WHERE i.indrelid = ANY (${names}::regclass[])
      AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)`);
  for (const { name } of indexes.rows) await tx.execute(sql.raw(`DROP INDEX ${name}`));
  await fill();
  for (const { definition } of indexes.rows) await tx.execute(sql.raw(definition));
}

/** Brings the planner's statistics and the visibility maps up to what was written. */
export async function settle(admin: Connection): Promise<void> {
  const client = new Client(admin);
  await client.connect();
  try {
    await client.query(`VACUUM (ANALYZE) ${[...TABLES, 'rd.categories', 'rd.users'].join(', ')}`);
  } finally {
    await client.end();
  }
}
