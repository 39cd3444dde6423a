import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { getConstructionPlans, PgBoss, type Queue } from 'pg-boss';
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

/** Makes the job schema and its queues, as the owner whose role this session has, and opens them to the weak roles. */
export async function createJobQueues(client: Client, roles: RoleNames): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [JOB_SCHEMA]);
  if (found.rowCount === 0) await client.query(getConstructionPlans(JOB_SCHEMA));
  await keepQueues(client);
  await wallJobs(client, roles);
}

/** Makes the queues that are missing and brings the others' limits up to date. */
async function keepQueues(client: Client): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => client.query(text, values ?? []) },
    schema: JOB_SCHEMA,
    createSchema: false,
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
  });
  boss.on('error', (error) => {
    throw error;
  });
  await boss.start();
  const existing = new Map((await boss.getQueues()).map((queue) => [queue.name, queue]));
  for (const queue of JOB_QUEUES) {
    const known = existing.get(queue.name);
    if (known === undefined) await boss.createQueue(queue.name, queue);
    else if ((known.heartbeatSeconds ?? null) !== (queue.heartbeatSeconds ?? null))
      await boss.updateQueue(queue.name, limitsOf(queue));
  }
  await boss.stop({ graceful: false });
}

function limitsOf({ name: _name, ...limits }: Queue): Omit<Queue, 'name'> {
  return limits;
}

/** The tables that hold jobs: pg-boss names the parent or the partition. */
const JOB_TABLES = ['job', 'job_common'];

/** Puts the wall up where it is not this one yet: it takes a lock that running workers would wait for. */
async function wallJobs(client: Client, roles: RoleNames): Promise<void> {
  const text = jobWall(roles);
  const mark = `wall ${createHash('sha256').update(text).digest('hex')}`;
  const found = await client.query<{ mark: string | null }>(
    `SELECT obj_description('${JOB_SCHEMA}'::regnamespace, 'pg_namespace') AS mark`,
  );
  if (found.rows[0]?.mark === mark) return;
  await client.query(`BEGIN; ${text}; COMMENT ON SCHEMA ${JOB_SCHEMA} IS '${mark}'; COMMIT;`);
}

/**
 * A job says whose it is. Inside a tenant's transaction rd_api (or the admin, who seeds) sees, makes, moves and cancels that tenant's jobs alone;
 * outside of one, and as rd_worker, all of them, since a worker takes whatever comes next and learns the tenant from it.
 * Which turn is served now is a number over all tenants, and all that a tenant's transaction learns of the others' jobs.
 */
function jobWall({ api, worker, admin }: RoleNames): string {
  const own = `(SELECT rd.current_tenant()) IS NULL OR data ->> 'tenant_id' = (SELECT rd.current_tenant())::text`;
  const policies = JOB_TABLES.map(
    (table) => `
      ALTER TABLE ${JOB_SCHEMA}.${table} ENABLE ROW LEVEL SECURITY;
      DROP POLICY IF EXISTS tenant ON ${JOB_SCHEMA}.${table};
      DROP POLICY IF EXISTS work ON ${JOB_SCHEMA}.${table};
      CREATE POLICY tenant ON ${JOB_SCHEMA}.${table} TO ${api}, ${admin} USING (${own}) WITH CHECK (${own});
      CREATE POLICY work ON ${JOB_SCHEMA}.${table} TO ${worker} USING (true) WITH CHECK (true);`,
  );
  return `
    REVOKE ALL ON ALL TABLES IN SCHEMA ${JOB_SCHEMA} FROM ${api}, ${worker}, ${admin};
    REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${JOB_SCHEMA} FROM PUBLIC, ${api}, ${worker}, ${admin};
    GRANT USAGE ON SCHEMA ${JOB_SCHEMA} TO ${api}, ${worker}, ${admin};
    GRANT EXECUTE ON FUNCTION ${JOB_SCHEMA}.job_now() TO ${api}, ${worker}, ${admin};
    GRANT SELECT ON ${JOB_SCHEMA}.version, ${JOB_SCHEMA}.queue TO ${api}, ${worker}, ${admin};
    GRANT UPDATE ON ${JOB_SCHEMA}.queue TO ${api}, ${worker}, ${admin};
    GRANT UPDATE ON ${JOB_SCHEMA}.version TO ${worker};
    GRANT SELECT, INSERT, DELETE ON ${JOB_SCHEMA}.warning, ${JOB_SCHEMA}.job_dependency TO ${worker};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${JOB_SCHEMA}.instance TO ${worker};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ${JOB_SCHEMA}.job, ${JOB_SCHEMA}.job_common TO ${api}, ${worker}, ${admin};
    CREATE OR REPLACE FUNCTION rd.turn_served(queue text) RETURNS integer
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
      AS 'SELECT -priority FROM ${JOB_SCHEMA}.job WHERE name = queue AND state = ''created'' AND NOT blocked
          ORDER BY priority DESC LIMIT 1';
    REVOKE ALL ON FUNCTION rd.turn_served(text) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION rd.turn_served(text) TO ${api}, ${worker}, ${admin};
    ${policies.join('')}`;
}
