import { Client } from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import { queryConnection } from '../db/index.ts';
import { useDatabase } from '../test-support/test-database.ts';

/** What the database holds by itself: a session of a tenant's query role, with no check of ours before it. */
const opened = useDatabase();
let tenants: { a: string; b: string };

beforeAll(async () => {
  const { database } = opened();
  const make = async (name: string) => (await database.createTenant({ name, config: {} as never })).id;
  tenants = { a: await make('A'), b: await make('B') };
});

async function asTenant<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(queryConnection(opened().connections, tenants.a));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test('the session sees its own company whatever it sets', async () => {
  const names = await asTenant(async (client) => {
    await client.query(`SET rd.tenant = '${tenants.b}'`);
    await client.query('SET default_transaction_read_only = off');
    return (await client.query('SELECT name FROM rd_views.company')).rows;
  });
  expect(names).toEqual([{ name: 'A' }]);
});

describe.each([
  ['SET ROLE rd_owner'],
  ['SELECT * FROM rd.orders'],
  ['DELETE FROM rd_views.materials'],
  ['CREATE TEMP TABLE t (a int)'],
  ["SELECT set_config('rd.tenant', 'x', false)"],
  ["SELECT pg_notify('rd_events', '')"],
  ['SELECT pg_advisory_lock(1)'],
  ['SELECT pg_sleep(1)'],
  ["SELECT lo_from_bytea(0, 'x')"],
  ['SELECT lo_create(0)'],
  ["SELECT query_to_xml('SELECT 1', true, true, '')"],
  ['SELECT pg_terminate_backend(1)'],
  ['SELECT rolname FROM pg_roles'],
  ['SELECT setconfig FROM pg_db_role_setting'],
  ['SELECT usename FROM pg_stat_activity'],
  ['SELECT reltuples FROM pg_class'],
  ['SELECT prosrc FROM pg_proc'],
  ['SELECT pg_get_userbyid(10)'],
  ['SELECT * FROM information_schema.tables'],
  ['DO $$ BEGIN NULL; END $$'],
])('%s', (sql) => {
  test('is not for a query role, even outside the read-only transaction', async () => {
    const writable = 'SET default_transaction_read_only = off';
    const attempt = asTenant((client) => client.query(writable).then(() => client.query(sql)));
    await expect(attempt).rejects.toThrow(/permission denied|does not exist/);
  });
});

test('every query role has its settings, those it may not set itself among them', async () => {
  const settings = await asTenant(async (client) => {
    const names = [
      'work_mem',
      'temp_file_limit',
      'jit',
      'statement_timeout',
      'search_path',
      'standard_conforming_strings',
    ];
    const shown: string[] = [];
    for (const name of names)
      shown.push(`${name}=${String(Object.values((await client.query(`SHOW ${name}`)).rows[0] as object)[0])}`);
    await expect(client.query('SET temp_file_limit = -1')).rejects.toThrow(/permission denied/);
    return shown;
  });
  expect(settings).toEqual([
    'work_mem=8MB',
    'temp_file_limit=64MB',
    'jit=off',
    'statement_timeout=5s',
    'search_path=rd_views, pg_temp',
    'standard_conforming_strings=on',
  ]);
});
