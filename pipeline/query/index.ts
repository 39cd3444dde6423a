import { DatabaseError, type Pool, type PoolClient } from 'pg';
import type { QueryAnswer } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { closePool, openPool, queryConnection, type Connections } from '../db/index.ts';
import { checkQuery } from './check.ts';
import { runSelect } from './session.ts';

/** Read-only SQL of a tenant over the documented views. */
export interface QueryRunner {
  /** Fails with query_refused, query_failed, query_timeout or query_busy, each saying how to rephrase. */
  run(tenantId: string, sql: string): Promise<Result<QueryAnswer>>;
  close(): Promise<void>;
}

/** Connections at once: two a tenant (also the role's own limit), sixteen in all; an idle one goes after 10 s. */
const PER_TENANT = 2;
const IN_ALL = 16;
const IDLE_MS = 10_000;

/** Runs queries, each on a connection that logged in as its tenant's own role. */
export function createQueryRunner(connections: Connections, onError: (error: Error) => void): QueryRunner {
  const pools = new Map<string, Pool>();
  let running = 0;
  const poolOf = (tenantId: string): Pool => {
    let pool = pools.get(tenantId);
    if (pool === undefined) {
      pool = openPool(queryConnection(connections, tenantId), { max: PER_TENANT, idleTimeoutMillis: IDLE_MS }, onError);
      pools.set(tenantId, pool);
    }
    return pool;
  };
  return {
    run: async (tenantId, sql) => {
      const checked = await checkQuery(sql);
      if (!checked.ok) return checked;
      if (running >= IN_ALL) return fail('query_busy');
      running += 1;
      try {
        return await runOnce(poolOf(tenantId), queryConnection(connections, tenantId), sql);
      } finally {
        running -= 1;
      }
    },
    close: async () => {
      await Promise.all([...pools.values()].map(closePool));
    },
  };
}

async function runOnce(
  pool: Pool,
  connection: Parameters<typeof runSelect>[1],
  sql: string,
): Promise<Result<QueryAnswer>> {
  const client: PoolClient = await pool.connect();
  try {
    const answer = await runSelect(client, connection, sql);
    client.release();
    return ok(answer);
  } catch (error) {
    // A connection that met an error is not given to anybody else.
    client.release(true);
    if (error instanceof DatabaseError) return explain(error);
    throw error;
  }
}

/** PostgreSQL's own words for the writer of the query; 57014 is query_canceled, class 53 a limit reached. */
function explain(error: DatabaseError): Result<never> {
  if (error.code === '57014') return fail('query_timeout');
  if (error.code?.startsWith('53') === true) {
    return fail('query_failed', `The query needs more than it may have: ${error.message}. Narrow it down.`);
  }
  const hint = error.hint === undefined ? '' : ` ${error.hint}`;
  return fail('query_failed', `${error.message}.${hint}`.replace('..', '.'));
}
