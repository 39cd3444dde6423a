import { Client } from 'pg';
import { afterEach, expect, test } from 'vitest';
import { anotherDatabase } from '../../test-support/server-database.ts';
import { useDatabase } from '../../test-support/test-database.ts';
import { migrate, openDatabase, queryConnection, schema, type Connection, type Connections } from '../index.ts';

const opened = useDatabase();
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function asSuperuser(text: string): Promise<void> {
  const client = new Client(opened().connections.admin);
  await client.connect();
  await client.query(text).finally(() => client.end());
}

/** Connections to a new database whose admin has these rights alone. */
async function withAdmin(name: string, rights: string, grants = ''): Promise<Connections & { admin: Connection }> {
  await asSuperuser(`CREATE ROLE ${name} LOGIN PASSWORD 'admin-of-the-test' ${rights}; ${grants}`);
  undo.push(() => asSuperuser(`DROP OWNED BY ${name} CASCADE; DROP ROLE ${name}`));
  const { admin } = opened().connections;
  const { connections, drop } = anotherDatabase(admin);
  undo.push(drop);
  return { ...connections, admin: { ...connections.admin, user: name, password: 'admin-of-the-test' } };
}

const TEMP_LIMIT = 'GRANT SET ON PARAMETER temp_file_limit TO';

test('an admin with CREATEDB and CREATEROLE alone migrates, makes tenants and provisions; its queries are walled', async () => {
  const connections = await withAdmin('rd_test_admin', 'CREATEDB CREATEROLE', `${TEMP_LIMIT} rd_test_admin`);
  await migrate(connections);
  await migrate(connections);
  const database = openDatabase(connections, (error) => {
    throw error;
  });
  undo.push(() => database.close());
  const a = await database.createTenant({ name: 'A', config: {} as never });
  const b = await database.createTenant({ name: 'B', config: {} as never });
  for (const { id } of [a, b]) {
    await database.createUser({ tenantId: id, email: `${id}@x.example`, name: 'U', role: 'admin', passwordHash: 'x' });
  }
  expect((await database.listTenants()).map(({ name }) => name)).toEqual(['A', 'B']);
  const material = { name: 'Steel', color: '#808080', metallic: 1, roughness: 0.5 };
  await database.provision(a.id, (tx) => tx.insert(schema.materials).values({ ...material, tenantId: a.id }));
  await expect(
    database.provision(a.id, (tx) => tx.insert(schema.materials).values({ ...material, tenantId: b.id })),
  ).rejects.toMatchObject({ cause: { code: '42501' } });
  const client = new Client(queryConnection(connections, a.id));
  await client.connect();
  const answer = await client.query<{ n: number; limit: string }>(
    "SELECT count(*)::int AS n, current_setting('temp_file_limit') AS limit FROM rd_views.materials",
  );
  expect(answer.rows).toEqual([{ n: 1, limit: '64MB' }]);
  await client.end();
});

test.each([
  ['may not make roles', 'CREATEDB', /rd_test_weak1 lacks a right on the server: permission denied to create role/],
  [
    'may not make databases',
    'CREATEROLE',
    /rd_test_weak2 lacks a right on the server: permission denied to create database/,
  ],
  ['may not bound temporary files', 'CREATEDB CREATEROLE', /GRANT SET ON PARAMETER temp_file_limit TO rd_test_weak3;/],
])('an admin that %s is told what to do', async (_what, rights, sentence) => {
  const name = { CREATEDB: 'rd_test_weak1', CREATEROLE: 'rd_test_weak2' }[rights] ?? 'rd_test_weak3';
  const connections = await withAdmin(name, rights);
  await expect(migrate(connections)).rejects.toMatchObject({
    failure: { code: 'database_unusable', message: expect.stringMatching(sentence) as string },
  });
});

test('another admin without membership is told that it lacks a right', async () => {
  const grants = (name: string) => `${TEMP_LIMIT} ${name}`;
  const first = await withAdmin('rd_test_first', 'CREATEDB CREATEROLE', grants('rd_test_first'));
  await migrate(first);
  const other = await withAdmin('rd_test_other', 'CREATEDB', grants('rd_test_other'));
  const second = { ...first, admin: { ...other.admin, database: first.admin.database } };
  await expect(migrate(second)).rejects.toMatchObject({ failure: { code: 'database_unusable' } });
});
