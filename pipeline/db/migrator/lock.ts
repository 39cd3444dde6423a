import { Client } from 'pg';
import { failure, FailureError } from '../../../shared/errors/index.ts';
import type { Connection } from '../connections.ts';

/** Held while migrating, so that several processes starting at once migrate once. */
const MIGRATION_LOCK = 7203114;
/** How long a start waits for another one's migrations. */
const WAIT = '15min';

/**
 * Runs the work while no other process migrates on this server. Advisory locks belong to a database, so the one that
 * always exists holds the lock for all of them; roles belong to the whole server anyway.
 */
export async function whileMigrating<T>(admin: Connection, work: (keeper: Client) => Promise<T>): Promise<T> {
  const keeper = new Client({ ...admin, database: 'postgres', application_name: 'renderdesk migrate' });
  keeper.on('error', () => undefined);
  await keeper.connect();
  try {
    await keeper.query("SELECT set_config('lock_timeout', $1, false)", [WAIT]);
    await keeper.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    return await work(keeper);
  } catch (error) {
    if ((error as { code?: unknown }).code !== '55P03') throw error;
    throw new FailureError(
      failure('unavailable', 'Another process has been migrating this database for 15 minutes. See what it waits for.'),
    );
  } finally {
    await keeper.end();
  }
}
