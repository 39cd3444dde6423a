import { Client } from 'pg';
import type { Connection } from '../connections.ts';
import { explainDatabaseError } from '../explain.ts';
import { pendingMigrations, readApplied, readMigrations } from './migrations.ts';
import { refuse } from './refuse.ts';
import { checkServerVersion } from './server-version.ts';

/**
 * For a process that may not migrate: can this role be logged in as, and is the schema the one this program knows? Throws
 * FailureError (`database_unreachable`, `database_unusable`) with what to do.
 */
export async function checkSchema(connection: Connection): Promise<void> {
  const client = new Client(connection);
  client.on('error', () => undefined);
  try {
    await client.connect();
    await checkServerVersion(client);
    const pending = pendingMigrations(await readMigrations(), await readApplied(client));
    if (pending.length === 0) return;
    throw refuse(
      `The database is older than this Renderdesk: ${pending.map(({ name }) => name).join(', ')} did not run on it. ` +
        'Start one pipeline with RENDERDESK_DATABASE_ADMIN_URL first.',
    );
  } catch (error) {
    throw explainDatabaseError(error, connection);
  } finally {
    await client.end().catch(() => undefined);
  }
}
