import { sql } from 'drizzle-orm';
import { createQueryRole, type Connections, type Tx } from '../db/index.ts';
import { createRenderQueue, openBoss } from '../jobs/index.ts';
import type { Manifest } from './manifest.ts';

/**
 * Far more events than are made between a backup and the loss of its database. Numbers go on beyond it, so nobody who
 * listened to the lost database finds his number here: he is told to load anew.
 */
const EVENT_JUMP = 1_000_000_000;

/** What is no row and belongs to the data all the same: counters, the tenants' roles, the jobs of open renders. */
export async function bringBack(tx: Tx, connections: Connections, manifest: Manifest): Promise<void> {
  for (const { schema, name, value } of manifest.sequences) {
    await tx.execute(sql`SELECT setval(format('%I.%I', ${schema}::text, ${name}::text)::regclass, ${value}::bigint)`);
  }
  await tx.execute(
    sql`INSERT INTO rd.event_counters (tenant_id, seq) SELECT id, 0 FROM rd.tenants ON CONFLICT DO NOTHING`,
  );
  await tx.execute(sql`UPDATE rd.event_counters SET seq = seq + ${EVENT_JUMP}::bigint`);
  const tenants = await tx.execute<{ id: string }>(sql`SELECT id FROM rd.tenants`);
  for (const { id } of tenants.rows) await createQueryRole(tx, connections, id);
  await enqueueOpenRenders(
    tx,
    connections,
    tenants.rows.map(({ id }) => id),
  );
}

/** Jobs live in a queue that is not backed up: those of renders that were open are made anew, under the same ids. */
async function enqueueOpenRenders(tx: Tx, connections: Connections, tenants: readonly string[]): Promise<void> {
  const boss = await openBoss(connections.api, { works: false, max: 1 }, (error) => {
    throw error;
  });
  try {
    const queue = createRenderQueue(boss);
    for (const tenantId of tenants) {
      const open = await tx.execute<{ id: string }>(sql`
        SELECT r.id FROM rd.renders r JOIN rd.orders o ON o.id = r.order_id
        WHERE r.tenant_id = ${tenantId} AND r.status IN ('queued', 'running')
          AND o.status IN ('queued', 'running', 'cancelling') ORDER BY r.created_at, r.id`);
      await queue.enqueue(
        tx,
        tenantId,
        open.rows.map(({ id }) => id),
      );
    }
  } finally {
    await boss.stop({ graceful: false });
  }
}
