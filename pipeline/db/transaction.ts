import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';
import * as schema from './schema.ts';

/** Drizzle on one connection, inside one transaction. */
export type Tx = NodePgDatabase<typeof schema>;

/** Work done inside a transaction; it is rolled back when the work throws. */
export type Work<T> = (tx: Tx) => Promise<T>;

/** Settings of one transaction, such as `rd.tenant`; `role` takes on a role that the login is a member of. */
export type Settings = Readonly<Record<string, string>>;

/** Runs the work in a transaction with these settings, which end with it: after it the connection sees nothing again. */
export async function transaction<T>(pool: Pool, settings: Settings, work: Work<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    for (const [name, value] of Object.entries(settings)) {
      await client.query('SELECT set_config($1, $2, true)', [name, value]);
    }
    const result = await work(drizzle(client, { schema }));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = await rollBack(client);
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A connection that cannot even roll back is thrown away. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
