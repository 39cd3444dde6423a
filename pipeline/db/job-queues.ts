import type { Client } from 'pg';
import { getConstructionPlans, PgBoss, type Queue } from 'pg-boss';
import type { Connection } from './connections.ts';
import type { RoleNames } from './roles.ts';

/** Schema of pg-boss; made here by the owner, so servers and workers run with `createSchema: false, migrate: false`. */
export const JOB_SCHEMA = 'pgboss';

/** A render job is handed out so often again, after 2, 4, 8, … seconds. */
export const RENDER_RETRIES = 5;

/** The queues. A job carries ids only; it is handed out at least once. */
export const JOB_QUEUES: readonly Queue[] = [
  { name: 'render-dead', notify: true },
  {
    name: 'render',
    notify: true,
    retryLimit: RENDER_RETRIES,
    retryDelay: 2,
    retryBackoff: true,
    expireInSeconds: 600,
    // A worker is silent for this long before its job goes to another.
    heartbeatSeconds: 15,
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
  await keepQueues(admin);
  const weak = `${roles.api}, ${roles.worker}`;
  await client.query(`
    GRANT USAGE ON SCHEMA ${JOB_SCHEMA} TO ${weak};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${JOB_SCHEMA} TO ${weak};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${JOB_SCHEMA} TO ${weak};
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${JOB_SCHEMA} FROM PUBLIC;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${JOB_SCHEMA} TO ${weak};`);
}

/** Makes the queues that are missing and brings the others' limits up to date. */
async function keepQueues(admin: Connection): Promise<void> {
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
  const existing = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const queue of JOB_QUEUES) {
    const known = existing.get(queue.name);
    if (known === undefined) await boss.createQueue(queue.name, queue);
    else if (known.heartbeatSeconds !== queue.heartbeatSeconds) await boss.updateQueue(queue.name, limitsOf(queue));
  }
  await boss.stop({ graceful: false });
}

function limitsOf({ name: _name, ...limits }: Queue): Omit<Queue, 'name'> {
  return limits;
}
