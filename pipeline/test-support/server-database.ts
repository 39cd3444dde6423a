import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { connectionsTo, roleNames, serverConnections, type Connection, type Connections } from '../db/index.ts';

/** A database of one test file on a PostgreSQL server; it is made by whoever migrates it first. */
export interface ServerDatabase {
  /** For `--database-url`. */
  url: string;
  /** What a pipeline on this database needs in its environment. */
  env: { RENDERDESK_DATABASE_ADMIN_URL: string; RENDERDESK_ROLE_SECRET: string };
  connections: Connections & { admin: Connection };
  /** Removes the database and its roles. */
  drop(): Promise<void>;
}

/** A new database's name on the server that RENDERDESK_TEST_DATABASE_ADMIN_URL names; null where it names none. */
export function nameServerDatabase(): ServerDatabase | null {
  const adminUrl = process.env['RENDERDESK_TEST_DATABASE_ADMIN_URL'];
  if (adminUrl === undefined || adminUrl === '') return null;
  const name = `rd_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(adminUrl);
  Object.assign(url, { username: '', password: '', pathname: `/${name}` });
  const secret = randomBytes(24).toString('base64url');
  const { admin, ...weak } = serverConnections(url.href, adminUrl, secret);
  if (admin === null) throw new Error('There is no admin connection.');
  return {
    url: url.href,
    env: { RENDERDESK_DATABASE_ADMIN_URL: adminUrl, RENDERDESK_ROLE_SECRET: secret },
    connections: { ...weak, admin },
    drop: () => dropDatabase(admin, name),
  };
}

/** Removes a database and its roles. */
export async function dropDatabase(admin: Connection, name: string): Promise<void> {
  const client = new Client({ ...admin, database: 'postgres' });
  await client.connect();
  try {
    await client.query(`DROP DATABASE IF EXISTS ${client.escapeIdentifier(name)} WITH (FORCE)`);
    const { prefix } = roleNames(name);
    const roles = await client.query<{ rolname: string }>(
      `SELECT rolname FROM pg_roles WHERE starts_with(rolname, $1 || '_')`,
      [prefix],
    );
    for (const { rolname } of roles.rows) await client.query(`DROP ROLE ${client.escapeIdentifier(rolname)}`);
  } finally {
    await client.end();
  }
}

/** One more database's name on the same server, for a test that needs several; `drop` it afterwards. */
export function anotherDatabase(
  admin: Connection,
  name = `rd_test_${randomBytes(6).toString('hex')}`,
): Pick<ServerDatabase, 'connections' | 'drop'> {
  const there = { ...admin, database: name };
  const connections = { ...connectionsTo(there, there, randomBytes(24).toString('base64url')), admin: there };
  return { connections, drop: () => dropDatabase(admin, name) };
}
