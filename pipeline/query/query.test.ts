import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbedded, type EmbeddedPostgres } from '../db/embedded/index.ts';
import { migrate, openDatabase, schema, type Database } from '../db/index.ts';
import { createQueryRunner, type QueryRunner } from './index.ts';

let directory: string;
let postgres: EmbeddedPostgres;
let database: Database;
let queries: QueryRunner;
let tenants: { a: string; b: string };

const fail = (error: Error): void => {
  throw error;
};

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'rd-query-'));
  postgres = await startEmbedded(directory);
  await migrate(postgres.connections);
  database = openDatabase(postgres.connections, fail);
  queries = createQueryRunner(postgres.connections, fail);
  tenants = { a: await makeTenant('A', 3), b: await makeTenant('B', 5) };
});

afterAll(async () => {
  await queries.close();
  await database.close();
  await postgres.stop();
  await rm(directory, { recursive: true, force: true });
});

/** A tenant with so many render materials. */
async function makeTenant(name: string, materials: number): Promise<string> {
  const { id } = await database.createTenant({ name, config: {} as never });
  await database.provision(id, async (tx) => {
    for (let n = 0; n < materials; n += 1) {
      await tx
        .insert(schema.materials)
        .values({ tenantId: id, name: `${name}-${n}`, color: '#808080', metallic: 1, roughness: 0.5 });
    }
  });
  return id;
}

async function rows(tenant: string, sql: string): Promise<unknown[][]> {
  const answer = await queries.run(tenant, sql);
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.message}`);
  return answer.value.rows;
}

test('a tenant sees its own rows and nobody else’s', async () => {
  expect(await rows(tenants.a, 'SELECT count(*) FROM materials')).toEqual([[3]]);
  expect(await rows(tenants.b, 'SELECT count(*) FROM rd_views.materials')).toEqual([[5]]);
  expect(await rows(tenants.a, "SELECT name FROM materials WHERE name LIKE 'B%'")).toEqual([]);
});

describe('ordinary analysts’ SQL works', () => {
  const ordinary = [
    `WITH m AS (SELECT name, row_number() OVER (ORDER BY name) AS n FROM materials) SELECT * FROM m WHERE n <= 2`,
    `SELECT date_trunc('week', now()), current_date - 7, extract(dow FROM now()), now() - interval '7 days'`,
    `SELECT status, count(*) FILTER (WHERE material_override IS NOT NULL) FROM orders GROUP BY ROLLUP (status) HAVING count(*) > 0`,
    `SELECT o.number, r.failure_reason FROM orders o LEFT JOIN renders r ON r.order_id = o.id ORDER BY 1 DESC NULLS LAST LIMIT 5`,
    `SELECT CASE WHEN metallic > 0.5 THEN 'metal' ELSE 'other' END AS k, avg(roughness)::numeric(4,2) FROM materials GROUP BY k`,
    `SELECT percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms) FROM renders`,
    `SELECT name FROM materials WHERE name = ANY (ARRAY['A-0', 'A-1']) UNION ALL SELECT 'x' ORDER BY 1`,
    `SELECT jsonb_build_object('n', name) FROM materials WHERE name ~* '^a' AND EXISTS (SELECT 1 FROM categories) OR true`,
    `SELECT d::date FROM generate_series(now() - interval '6 days', now(), interval '1 day') AS d`,
    `SELECT 'infinity'::timestamptz, '294276-01-01'::timestamptz, coalesce(max(finished_at), '-infinity') FROM orders`,
    `SELECT settings ->> 'format', (settings -> 'width')::int FROM output_types`,
  ];
  test.each(ordinary)('%s', async (sql) => {
    expect(await queries.run(tenants.a, sql)).toMatchObject({ ok: true });
  });
});

describe('hostile SQL is refused', () => {
  const hostile = [
    'DELETE FROM materials',
    'SELECT 1; DROP SCHEMA rd CASCADE',
    'COMMIT',
    'SET ROLE rd_owner',
    'WITH gone AS (DELETE FROM rd.materials RETURNING *) SELECT * FROM gone',
    'SELECT * INTO copy FROM materials',
    'SELECT * FROM materials FOR UPDATE',
    'SELECT * FROM rd.users',
    'SELECT * FROM users',
    'SELECT * FROM pg_roles',
    'SELECT * FROM pg_catalog.pg_proc',
    'SELECT * FROM information_schema.tables',
    'WITH pg_roles AS (SELECT 1) SELECT * FROM pg_roles',
    "SELECT set_config('rd.tenant', 'x', true)",
    "SELECT query_to_xml('select 1', true, true, '')",
    'SELECT pg_sleep(60)',
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT 'rd.users'::regclass",
    "SELECT pg_catalog.set_config('a','b',true)",
    'SELECT rd.current_tenant()',
    'SELECT current_setting($1)',
    'EXPLAIN ANALYZE SELECT 1',
    'COPY materials TO STDOUT',
    'VALUES (pg_terminate_backend(1))',
    '',
  ];
  test.each(hostile)('%s', async (sql) => {
    const answer = await queries.run(tenants.a, sql);
    expect(answer.ok).toBe(false);
    if (!answer.ok) expect(['query_refused', 'query_failed']).toContain(answer.failure.code);
  });
});

test('the role itself cannot leave its tenant, even past the parser', async () => {
  const { Client } = await import('pg');
  const { queryConnection } = await import('../db/index.ts');
  const client = new Client(queryConnection(postgres.connections, tenants.a));
  await client.connect();
  await client.query(`SET rd.tenant = '${tenants.b}'`);
  expect((await client.query('SELECT count(*)::int AS n FROM rd_views.materials')).rows).toEqual([{ n: 3 }]);
  await expect(client.query('SELECT * FROM rd.materials')).rejects.toThrow(/permission denied/);
  await expect(client.query('SET ROLE rd_owner')).rejects.toThrow(/permission denied/);
  await client.query('SET default_transaction_read_only = off');
  await expect(client.query('DELETE FROM rd_views.materials')).rejects.toThrow(/permission denied/);
  await client.end();
});

test('rows, time and errors are bounded and told', async () => {
  const many = await queries.run(tenants.a, 'SELECT * FROM generate_series(1, 5000)');
  expect(many).toMatchObject({ ok: true, value: { row_count: 1000, truncated: true } });
  const slow = await queries.run(tenants.a, 'SELECT count(*) FROM generate_series(1, 10000000000)');
  expect(slow).toMatchObject({
    ok: false,
    failure: { code: expect.stringMatching(/query_(timeout|failed)/) as string },
  });
  const wrong = await queries.run(tenants.a, 'SELECT nme FROM materials');
  expect(wrong).toMatchObject({ ok: false, failure: { code: 'query_failed' } });
  expect(await rows(tenants.a, 'SELECT 1')).toEqual([[1]]);
});
