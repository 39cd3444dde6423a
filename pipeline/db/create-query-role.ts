import { sql } from 'drizzle-orm';
import type { Connections } from './connections.ts';
import type { Tx } from './transaction.ts';
import { passwordVerifier } from './password-verifier.ts';
import { queryRoleSettingsSql } from './query-role.ts';
import { queryRoleName, roleNames, rolePassword } from './roles.ts';

/** Makes the login role of one tenant's read-only queries, or brings it up to date where the server has it already. */
export async function createQueryRole(tx: Tx, { api, roleSecret }: Connections, tenantId: string): Promise<void> {
  const roles = roleNames(api.database);
  const role = queryRoleName(api.database, tenantId);
  const name = sql.identifier(role);
  const found = await tx.execute<{ weak: boolean }>(sql`SELECT NOT (rolsuper OR rolbypassrls OR rolcreaterole OR
    rolcreatedb OR rolreplication) AS weak FROM pg_roles WHERE rolname = ${role}`);
  if (found.rows[0]?.weak === false) throw new Error(`The role ${role} has rights that it must not have.`);
  if (found.rows.length === 0) await tx.execute(sql`CREATE ROLE ${name} IN ROLE ${sql.identifier(roles.query)}`);
  // Made by us of base64 and `$`; a password cannot be a parameter of ALTER ROLE. What a role may not do is not named:
  // only a superuser may even say NOSUPERUSER of a role that is there.
  const verifier = sql.raw(`'${passwordVerifier(rolePassword(roleSecret, role))}'`);
  await tx.execute(sql`ALTER ROLE ${name} LOGIN PASSWORD ${verifier} CONNECTION LIMIT 2`);
  await tx.execute(sql.raw(queryRoleSettingsSql(roles, role)));
}
