import type { Client } from 'pg';
import { getConstructionPlans, PgBoss, type Queue } from 'pg-boss';
import type { Connection } from './connections.ts';
import type { RoleNames } from './roles.ts';

/** Schema of pg-boss; made here by the owner, so servers and workers run with `createSchema: false, migrate: false`. */
export const JOB_SCHEMA = 'pgboss';

/** The queues. A job carries ids only; it is handed out at least once. */
export const JOB_QUEUES: readonly Queue[] = [
  { name: 'render-dead', notify: true },
  {
    name: 'render',
    notify: true,
    retryLimit: 5,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: 600,
    heartbeatSeconds: 30,
    deadLetter: 'render-dead',
  },
  { name: 'seed-image', notify: true, retryLimit: 3, expireInSeconds: 600 },
];

/** Makes the job schema and its queues as the owner and opens them to the weak roles. */
export async function createJobQueues(client: Client, admin: Connection, roles: RoleNames): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [JOB_SCHEMA]);
  if (found.rowCount === 0) {
    await client.query(`SET ROLE ${roles.owner}`);
    await client.query(getConstructionPlans(JOB_SCHEMA));
    await client.query('RESET ROLE');
  }
  await createMissingQueues(client, admin);
  const weak = `${roles.api}, ${roles.worker}`;
  await client.query(`
    GRANT USAGE ON SCHEMA ${JOB_SCHEMA} TO ${weak};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${JOB_SCHEMA} TO ${weak};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${JOB_SCHEMA} TO ${weak};
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${JOB_SCHEMA} FROM PUBLIC;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${JOB_SCHEMA} TO ${weak};`);
}

async function createMissingQueues(client: Client, admin: Connection): Promise<void> {
  const rows = await client.query<{ name: string }>(`SELECT name FROM ${JOB_SCHEMA}.queue`);
  const existing = new Set(rows.rows.map((row) => row.name));
  const missing = JOB_QUEUES.filter((queue) => !existing.has(queue.name));
  if (missing.length === 0) return;
  const boss = new PgBoss({
    ...admin,
    schema: JOB_SCHEMA,
    createSchema: false,
    migrate: false,
    supervise: false,
    schedule: false,
  });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  for (const queue of missing) await boss.createQueue(queue.name, queue);
  await boss.stop({ graceful: false });
}
