import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { anotherDatabase } from '../../test-support/server-database.ts';
import { useDatabase } from '../../test-support/test-database.ts';
import { checkSchema, migrate, type Connection } from '../index.ts';
import { checkServerVersion } from './server-version.ts';

const opened = useDatabase();
let other: ReturnType<typeof anotherDatabase>;
beforeEach(() => {
  other = anotherDatabase(opened().connections.admin);
});
afterEach(() => other.drop());

/** Rows of a query as the admin of the other database. */
async function asAdmin<T extends object>(text: string): Promise<T[]> {
  const client = new Client(other.connections.admin);
  await client.connect();
  const { rows } = await client.query<T>(text).finally(() => client.end());
  return rows;
}

/** A process of its own that migrates the other database. */
async function migrateInProcess(): Promise<string> {
  const program = `import { migrate } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
    await migrate(JSON.parse(process.env.CONNECTIONS));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, CONNECTIONS: JSON.stringify(other.connections) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0 ? 'migrated' : errors;
}

test('four processes that start at once migrate once', async () => {
  expect(await Promise.all([1, 2, 3, 4].map(migrateInProcess))).toEqual(Array(4).fill('migrated'));
  const rows = await asAdmin<{ name: string }>('SELECT name FROM rd_meta.migrations ORDER BY name');
  expect(rows[0]?.name).toBe('0001_schema.sql');
  await checkSchema(other.connections.api);
}, 60_000);

const refused = (code: string, sentence: RegExp) => ({
  failure: { code, message: expect.stringMatching(sentence) as string },
});

test('a newer, a changed and an older schema are refused with what to do', async () => {
  await migrate(other.connections);
  await asAdmin(`INSERT INTO rd_meta.migrations (name, checksum) VALUES ('9999_later.sql', 'x')`);
  const newer = refused('database_unusable', /newer than this Renderdesk: 9999_later\.sql ran/);
  await expect(migrate(other.connections)).rejects.toMatchObject(newer);
  await expect(checkSchema(other.connections.worker)).rejects.toMatchObject(newer);
  await asAdmin(`DELETE FROM rd_meta.migrations WHERE name = '9999_later.sql';
    UPDATE rd_meta.migrations SET checksum = 'y' WHERE name = '0002_tenant_wall.sql'`);
  const changed = refused('database_unusable', /0002_tenant_wall\.sql was changed after it ran/);
  await expect(migrate(other.connections)).rejects.toMatchObject(changed);
  await asAdmin(`DELETE FROM rd_meta.migrations WHERE name = '0002_tenant_wall.sql'`);
  const older = refused('database_unusable', /older than this Renderdesk: 0002_tenant_wall\.sql did not run/);
  await expect(checkSchema(other.connections.api)).rejects.toMatchObject(older);
});

test('a wrong address, password or database is told in a sentence that holds no password', async () => {
  const { admin, api } = opened().connections;
  const unreachable = (sentence: RegExp) => refused('database_unreachable', sentence);
  const at = (change: Partial<Connection>): Connection => ({ ...admin, password: 'wrong-password', ...change });
  const asked = async (connection: Connection): Promise<unknown> => {
    const error: unknown = await migrate({ ...opened().connections, admin: connection }).catch((e: unknown) => e);
    expect(String(error)).not.toContain('wrong-password');
    return error;
  };
  expect(await asked(at({ host: 'no-such-host.invalid' }))).toMatchObject(unreachable(/no-such-host\.invalid/));
  expect(await asked(at({ host: '127.0.0.1', port: 1 }))).toMatchObject(
    unreachable(/No PostgreSQL answers on 127\.0\.0\.1:1/),
  );
  expect(await asked(at({}))).toMatchObject(unreachable(/refused the password of postgres/));
  await expect(checkSchema({ ...api, password: 'wrong-password' })).rejects.toMatchObject(
    unreachable(/RENDERDESK_ROLE_SECRET/),
  );
  await expect(checkSchema({ ...api, database: 'no_such_database' })).rejects.toMatchObject(
    unreachable(/There is no database no_such_database/),
  );
  await expect(checkSchema({ ...admin, database: 'postgres' })).rejects.toMatchObject(
    unreachable(/has no Renderdesk schema/),
  );
});

test('a server older than 15 is refused', async () => {
  const answer = { rows: [{ n: '140011', v: '14.11' }] };
  const client = { query: () => Promise.resolve(answer) } as unknown as Client;
  await expect(checkServerVersion(client)).rejects.toMatchObject(refused('database_unusable', /PostgreSQL 14\.11/));
});

test('a database of another encoding, and one that was renamed, are refused', async () => {
  const { admin } = opened().connections;
  const client = new Client(admin);
  await client.connect();
  const name = other.connections.admin.database;
  await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'`);
  await expect(migrate(other.connections)).rejects.toMatchObject(refused('database_unusable', /SQL_ASCII/));
  await client.query(`DROP DATABASE ${name}`);
  const renamed = anotherDatabase(admin);
  await migrate(renamed.connections);
  await client.query(`ALTER DATABASE ${renamed.connections.admin.database} RENAME TO ${name}`);
  await expect(migrate(other.connections)).rejects.toMatchObject(
    refused('database_unusable', /made under another name/),
  );
  await client.query(`ALTER DATABASE ${name} RENAME TO ${renamed.connections.admin.database}`);
  await client.end();
  await renamed.drop();
});
