import { sql } from 'drizzle-orm';
import type { Connections } from './connections.ts';
import type { Tx } from './database.ts';
import { queryRoleSettingsSql } from './query-role.ts';
import { queryRoleName, roleNames, rolePassword } from './roles.ts';

/** Makes the login role of one tenant's read-only queries, or brings it up to date where the server has it already. */
export async function createQueryRole(tx: Tx, { api, roleSecret }: Connections, tenantId: string): Promise<void> {
  const roles = roleNames(api.database);
  const role = queryRoleName(api.database, tenantId);
  const name = sql.identifier(role);
  const found = await tx.execute(sql`SELECT 1 FROM pg_roles WHERE rolname = ${role}`);
  if (found.rows.length === 0) await tx.execute(sql`CREATE ROLE ${name} IN ROLE ${sql.identifier(roles.query)}`);
  // Both are made by us of hexadecimal digits and base64url; a password cannot be a parameter of ALTER ROLE.
  await tx.execute(sql`ALTER ROLE ${name} LOGIN PASSWORD ${sql.raw(`'${rolePassword(roleSecret, role)}'`)}
    NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT 2`);
  await tx.execute(sql.raw(queryRoleSettingsSql(roles, role)));
}
