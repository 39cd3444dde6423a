import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anotherDatabase } from '../test-support/server-database.ts';
import { useDatabase } from '../test-support/test-database.ts';
import {
  migrate,
  openDatabase,
  queryConnection,
  roleNames,
  schema,
  type Connection,
  type Connections,
} from './index.ts';

const opened = useDatabase();
/** Two pipelines' databases on one server. */
let databases: Record<'first' | 'second', Connections & { admin: Connection }>;
let second: ReturnType<typeof anotherDatabase>;

beforeAll(async () => {
  second = anotherDatabase(opened().connections.admin);
  databases = { first: opened().connections, second: second.connections };
  await migrate(second.connections);
});
afterAll(() => second.drop());

/** A tenant with so many render materials. */
async function makeTenant(connections: Connections, materials: number): Promise<string> {
  const database = openDatabase(connections, (error) => {
    throw error;
  });
  const { id } = await database.createTenant({ name: 'A', config: {} as never });
  await database.provision(id, async (tx) => {
    for (let n = 0; n < materials; n += 1) {
      const row = { tenantId: id, name: `M${n}`, color: '#808080', metallic: 1, roughness: 0.5 };
      await tx.insert(schema.materials).values(row);
    }
  });
  await database.close();
  return id;
}

async function countAs(connection: Connections['api'], sql: string): Promise<unknown> {
  const client = new Client(connection);
  await client.connect();
  try {
    return (await client.query<{ n: number }>(sql)).rows[0]?.n;
  } finally {
    await client.end();
  }
}

test('two databases on one server have roles of their own, and neither’s enter the other', async () => {
  const tenants = { first: await makeTenant(databases.first, 2), second: await makeTenant(databases.second, 3) };
  const count = 'SELECT count(*)::int AS n FROM rd_views.materials';
  expect(await countAs(queryConnection(databases.first, tenants.first), count)).toBe(2);
  expect(await countAs(queryConnection(databases.second, tenants.second), count)).toBe(3);
  const strangers = [
    { ...databases.first.api, database: databases.second.api.database },
    { ...databases.second.worker, database: databases.first.api.database },
    { ...queryConnection(databases.first, tenants.first), database: databases.second.api.database },
    { ...queryConnection(databases.second, tenants.second), database: databases.first.api.database },
  ];
  for (const stranger of strangers) {
    await expect(countAs(stranger, 'SELECT 1 AS n')).rejects.toMatchObject({ code: '42501' });
  }
});

test('the tenant of a session is read from the whole name of this database’s query role only', async () => {
  const database = databases.first.api.database;
  const client = new Client(databases.first.admin);
  await client.connect();
  const { prefix } = roleNames(database);
  const id = '0123456789abcdef0123456789abcdef';
  const right = `${prefix}_q_${id}`;
  const names = [
    `x_${right}`,
    `${right}0`,
    `${prefix}_q_${id.toUpperCase()}`,
    `rd_12345678_q_${id}`,
    `${right}\n`,
    right,
  ];
  for (const name of names) {
    const quoted = client.escapeIdentifier(name);
    await client.query(`CREATE ROLE ${quoted}; GRANT USAGE ON SCHEMA rd TO ${quoted};
      GRANT EXECUTE ON FUNCTION rd.query_tenant() TO ${quoted}; SET SESSION AUTHORIZATION ${quoted};`);
    const { rows } = await client.query<{ t: string | null }>('SELECT rd.query_tenant() AS t');
    expect(rows[0]?.t ?? null, name).toBe(name === right ? '01234567-89ab-cdef-0123-456789abcdef' : null);
    await client.query(`RESET SESSION AUTHORIZATION; DROP OWNED BY ${quoted}; DROP ROLE ${quoted};`);
  }
  await client.end();
});
