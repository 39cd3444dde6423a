import type { Client } from 'pg';
import type { RoleNames } from '../roles.ts';
import { refuse } from './refuse.ts';

/**
 * Makes the database where there is none: UTF-8, names sorted by code point on every server alike, letters as Unicode
 * has them. One that is there must be UTF-8 and not belong to another name's roles.
 */
export async function createDatabase(client: Client, database: string, major: number): Promise<void> {
  const found = await client.query<{ encoding: string }>(
    'SELECT pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = $1',
    [database],
  );
  const encoding = found.rows[0]?.encoding;
  if (encoding === 'UTF8') return;
  if (encoding !== undefined) {
    throw refuse(`The database ${database} is encoded in ${encoding}. Make it anew with ENCODING 'UTF8'.`);
  }
  const locale =
    major >= 17 ? "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'" : "LC_COLLATE 'C' LC_CTYPE 'C.UTF-8'";
  await client.query(
    `CREATE DATABASE ${client.escapeIdentifier(database)} TEMPLATE template0 ENCODING 'UTF8' ${locale}`,
  );
}

/** The database belongs to its owner role, and only its own roles may connect. Runs as the admin, inside the database. */
export async function takeDatabase(client: Client, database: string, roles: RoleNames): Promise<void> {
  const { rows } = await client.query<{ owner: string; schema: string | null }>(
    `SELECT pg_get_userbyid(datdba) AS owner,
       (SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'rd_meta') AS schema
     FROM pg_database WHERE datname = current_database()`,
  );
  const [found] = rows;
  if (found !== undefined && found.schema !== null && found.schema !== roles.owner) {
    throw refuse(
      `The database ${database} belongs to the role ${found.schema}, so it was made under another name. Rename it back, ` +
        'or restore a backup of it into a database of the new name.',
    );
  }
  const name = client.escapeIdentifier(database);
  if (found?.owner !== roles.owner) await client.query(`ALTER DATABASE ${name} OWNER TO ${roles.owner}`);
  await client.query(`
    SET ROLE ${roles.owner};
    REVOKE ALL ON DATABASE ${name} FROM PUBLIC;
    GRANT CONNECT ON DATABASE ${name} TO ${roles.api}, ${roles.worker}, ${roles.query}, ${roles.admin};
    RESET ROLE`);
}
