import { Client } from 'pg';
import { closeCatalog } from '../catalog-grants.ts';
import type { Connection, Connections } from '../connections.ts';
import { explainDatabaseError } from '../explain.ts';
import { createJobQueues } from '../job-queues.ts';
import { queryRoleSettingsSql } from '../query-role.ts';
import { roleNames } from '../roles.ts';
import { createDatabase, takeDatabase } from './create-database.ts';
import { createRoles } from './create-roles.ts';
import { whileMigrating } from './lock.ts';
import { runMigrations } from './migrations.ts';
import { openToAdmin } from './open-to-admin.ts';
import { checkServerVersion } from './server-version.ts';

/**
 * Brings database, roles and schema up to date as the admin, once, however many processes start. Runs what is new of
 * `migrations/*.sql`, each in its own transaction as the owner. A migration names the plain roles (`rd_owner`, `rd_api`, …);
 * this database's own are put in. With `only`, no others are run. The admin needs CREATEDB
 * and CREATEROLE, no more. Throws FailureError
 * (`database_unreachable`, `database_unusable`) with what to do.
 */
export async function migrate(
  connections: Connections & { admin: Connection },
  only?: readonly string[],
): Promise<void> {
  const { admin } = connections;
  try {
    await whileMigrating(admin, async (keeper) => {
      const major = await checkServerVersion(keeper);
      await createDatabase(keeper, admin.database, major);
      await migrateDatabase(connections, only);
    });
  } catch (error) {
    throw explainDatabaseError(error, admin);
  }
}

async function migrateDatabase(
  connections: Connections & { admin: Connection },
  only: readonly string[] | undefined,
): Promise<void> {
  const { database } = connections.admin;
  const client = new Client({ ...connections.admin, application_name: 'renderdesk migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const roles = roleNames(database);
    // What every start does again waits for the disk once, with the last of it; migrations do each.
    await client.query('SET synchronous_commit = off');
    await createRoles(client, roles, connections);
    await takeDatabase(client, database, roles);
    await client.query(`SET ROLE ${roles.owner}; SET synchronous_commit = on`);
    await runMigrations(client, database, only);
    await client.query('SET synchronous_commit = off');
    await openToAdmin(client, roles);
    await createJobQueues(client, roles);
    await client.query('RESET ROLE; SET synchronous_commit = on');
    await client.query(queryRoleSettingsSql(roles));
    await closeCatalog(client, roles);
  } finally {
    await client.end();
  }
}
