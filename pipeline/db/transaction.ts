import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';

/** Drizzle on one connection, inside one transaction. */
export type Tx = NodePgDatabase;

/** Work done inside a transaction; it is rolled back when the work throws. */
export type Work<T> = (tx: Tx) => Promise<T>;

/** Settings of one transaction, such as `rd.tenant`; `role` takes on a role that the login is a member of. */
export type Settings = Readonly<Record<string, string>>;

/**
 * Runs the work in a transaction with these settings, which end with it: after it the connection sees nothing again.
 * BEGIN, the settings and the work's first statement go to the server in one go. Should the opening fail, nothing of
 * the work can run with it: the transaction is aborted, or the connection gone.
 */
export async function transaction<T>(pool: Pool, settings: Settings, work: Work<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  const opening = open(client, settings);
  // Looked at below, whether the work ends well or not.
  opening.catch(() => undefined);
  try {
    const result = await work(drizzle(client));
    await opening;
    await client.query('COMMIT');
    return result;
  } catch (error) {
    broken = await rollBack(client);
    // The reason, not the statements that failed because of it.
    await opening;
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Sends them without waiting in between: the server takes them in this order. */
async function open(client: PoolClient, settings: Settings): Promise<void> {
  await Promise.all([
    client.query('BEGIN'),
    ...Object.entries(settings).map(([name, value]) => client.query('SELECT set_config($1, $2, true)', [name, value])),
  ]);
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
