import type { Client } from 'pg';
import type { Connections } from '../connections.ts';
import { passwordVerifier } from '../password-verifier.ts';
import type { RoleNames } from '../roles.ts';
import { refuse } from './refuse.ts';

interface FoundRole {
  weak: boolean;
  login: boolean;
}

/** Makes the database's roles, or gives those that are there today's passwords; the admin becomes a member of its groups. */
export async function createRoles(client: Client, roles: RoleNames, { api, worker }: Connections): Promise<void> {
  for (const role of [roles.owner, roles.admin, roles.query]) await ensureRole(client, role, null);
  for (const { user, password } of [api, worker]) await ensureRole(client, user, passwordVerifier(password));
  await joinAdmin(client, roles);
  await checkTempFileLimit(client);
}

/** A role without a password is a group that never logs in. */
async function ensureRole(client: Client, role: string, verifier: string | null): Promise<void> {
  const login = verifier === null ? 'NOLOGIN' : `LOGIN PASSWORD ${client.escapeLiteral(verifier)}`;
  const found = await findRole(client, role);
  // What a role may not do is not named where it is changed: only a superuser may even say NOSUPERUSER there.
  if (found === null) await client.query(`CREATE ROLE ${client.escapeIdentifier(role)} ${login}`);
  else if (!found.weak || (verifier === null && found.login)) {
    throw refuse(
      `The role ${role} has rights that it must not have (superuser, bypassing row-level security, making roles or ` +
        'databases, replication, or a login for a group). Take them away with ALTER ROLE, or drop the role.',
    );
  } else if (verifier !== null) await client.query(`ALTER ROLE ${client.escapeIdentifier(role)} ${login}`);
}

async function findRole(client: Client, role: string): Promise<FoundRole | null> {
  const { rows } = await client.query<FoundRole>(
    `SELECT NOT (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication) AS weak, rolcanlogin AS login
     FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  return rows[0] ?? null;
}

/** An admin that is no superuser acts through the owner's and the admins' group. */
async function joinAdmin(client: Client, roles: RoleNames): Promise<void> {
  const { rows } = await client.query<{ super: boolean }>(
    'SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user',
  );
  if (rows[0]?.super === true) return;
  await client.query(`GRANT ${roles.owner}, ${roles.admin} TO CURRENT_USER`);
}

/** Queries may not fill the server's disk: the role's own limit says so, which takes a right, or the server's does. */
async function checkTempFileLimit(client: Client): Promise<void> {
  if ((await mayLimitTempFiles(client)) || (await isTempFileLimited(client))) return;
  const { rows } = await client.query<{ user: string }>('SELECT quote_ident(current_user) AS user');
  throw refuse(
    `The admin may not bound how much disk a query takes. Let a superuser run: GRANT SET ON PARAMETER temp_file_limit TO ` +
      `${rows[0]?.user}; or set temp_file_limit for the whole server.`,
  );
}

async function mayLimitTempFiles(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    "SELECT has_parameter_privilege(current_user, 'temp_file_limit', 'SET') AS may",
  );
  return rows[0]?.may === true;
}

async function isTempFileLimited(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ limited: boolean }>(
    "SELECT setting <> '-1' AS limited FROM pg_settings WHERE name = 'temp_file_limit'",
  );
  return rows[0]?.limited === true;
}
