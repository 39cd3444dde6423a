import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { QueryAnswer } from '../../shared/domain/index.ts';
import { schema } from '../db/index.ts';
import { askAsAdmin } from '../test-support/ask-as-admin.ts';
import { useDatabase } from '../test-support/test-database.ts';
import { createQueryRunner, type QueryRunner } from './index.ts';

const opened = useDatabase();
const errors: Error[] = [];
let queries: QueryRunner;
let tenants: { a: string; b: string };

/** Runs for longer than a test needs, in one row and in small memory. */
const ENDLESS = 'SELECT count(*) FROM (SELECT generate_series(1, 100000000000)) x';

beforeAll(async () => {
  queries = createQueryRunner(opened().connections, (error) => errors.push(error));
  tenants = { a: await makeTenant('A', 3), b: await makeTenant('B', 5) };
});

afterAll(async () => {
  await queries.close();
  expect(errors).toEqual([]);
});

/** A tenant with so many render materials. */
async function makeTenant(name: string, materials: number): Promise<string> {
  const { database } = opened();
  const { id } = await database.createTenant({ name, config: { time_zone: 'Europe/Berlin' } as never });
  await database.provision(id, async (tx) => {
    for (let n = 0; n < materials; n += 1) {
      await tx
        .insert(schema.materials)
        .values({ tenantId: id, name: `${name}-${n}`, color: '#808080', metallic: 1, roughness: 0.5 });
    }
  });
  return id;
}

async function ask(sql: string, tenant = tenants.a): Promise<QueryAnswer> {
  const answer = await queries.run(tenant, sql);
  if (!answer.ok) throw new Error(`${answer.failure.code}: ${answer.failure.message}`);
  return answer.value;
}

async function refused(sql: string, tenant = tenants.a): Promise<{ code: string; message: string }> {
  const answer = await queries.run(tenant, sql);
  if (answer.ok) throw new Error(`answered ${JSON.stringify(answer.value)}`);
  return answer.failure;
}

/** Query sessions on the server now, by what the tenant's own role calls itself. */
async function sessions(state = '%'): Promise<number> {
  const [row] = await askAsAdmin<{ n: number }>(
    opened().connections,
    `SELECT count(*)::int AS n FROM pg_stat_activity
     WHERE datname = current_database() AND usename ~ '_q_[0-9a-f]{32}$' AND state LIKE $1`,
    [state],
  );
  return row?.n ?? -1;
}

test('a tenant sees its own rows and nobody else’s', async () => {
  expect((await ask('SELECT count(*) FROM materials')).rows).toEqual([[3]]);
  expect((await ask('SELECT count(*) FROM rd_views.materials', tenants.b)).rows).toEqual([[5]]);
  expect((await ask("SELECT name FROM materials WHERE name LIKE 'B%'")).rows).toEqual([]);
  expect((await ask('SELECT name, time_zone FROM company')).rows).toEqual([['A', 'Europe/Berlin']]);
});

test('every documented view can be read, and there is no other', async () => {
  for (const view of 'company categories products materials material_mappings output_types orders order_lines renders order_history'.split(
    ' ',
  )) {
    expect((await ask(`SELECT * FROM ${view}`)).columns.length, view).toBeGreaterThan(2);
  }
  const { rows } = await opened().database.provision(tenants.a, (tx) =>
    tx.execute(`SELECT 1 FROM pg_class WHERE relnamespace = 'rd_views'::regnamespace AND relkind <> 'i'`),
  );
  expect(rows).toHaveLength(10);
});

describe('limits', () => {
  test('a thousand rows, and whether there were more', async () => {
    expect(await ask('SELECT * FROM generate_series(1, 5000)')).toMatchObject({ row_count: 1000, truncated: true });
    expect(await ask('SELECT * FROM generate_series(1, 1000)')).toMatchObject({ row_count: 1000, truncated: false });
    expect(await ask('SELECT 1 WHERE false')).toMatchObject({ row_count: 0, rows: [], truncated: false });
  });

  test('a megabyte of answer', async () => {
    const wide = await ask("SELECT repeat('x', 1000) a, repeat('y', 1000) b FROM generate_series(1, 10000)");
    expect(wide.truncated).toBe(true);
    const bytes = Buffer.byteLength(JSON.stringify(wide.rows));
    expect(bytes).toBeLessThan(1_001_000);
    expect(bytes).toBeGreaterThan(990_000);
  });

  test('a row that is far larger than an answer', async () => {
    const huge = await refused("SELECT string_agg(repeat('x', 1000), '') FROM (SELECT generate_series(1, 30000)) a");
    expect(huge).toMatchObject({
      code: 'query_failed',
      message: expect.stringContaining('Select fewer columns') as string,
    });
  });

  test('temporary files, in words that name nothing of the server', async () => {
    const { code, message } = await refused('SELECT count(*) FROM generate_series(1, 50000000)');
    expect(code).toBe('query_failed');
    expect(message).toMatch(/more memory than one query may have\. Aggregate, filter/);
  });

  test('five seconds', async () => {
    expect(await refused(ENDLESS)).toMatchObject({
      code: 'query_timeout',
      message: expect.stringContaining('Narrow it') as string,
    });
    expect((await ask('SELECT 1')).rows).toEqual([[1]]);
  });

  test('two queries of a tenant at once; the third waits, then is told when to try again; others don’t wait', async () => {
    const stop = new AbortController();
    const both = [1, 2].map(() => queries.run(tenants.a, ENDLESS, stop.signal));
    await wait(300);
    const third = queries.run(tenants.a, 'SELECT 1');
    expect((await ask('SELECT 2', tenants.b)).rows).toEqual([[2]]);
    expect(await third).toMatchObject({ ok: false, failure: { code: 'query_busy', details: { retry_after_s: 2 } } });
    const fourth = queries.run(tenants.a, 'SELECT 4');
    await wait(100);
    stop.abort();
    expect(await fourth).toMatchObject({ ok: true, value: { rows: [[4]] } });
    for (const one of both) expect(await one).toMatchObject({ ok: false, failure: { code: 'stopped' } });
  });

  test('sixteen queries of all tenants at once, also where another process holds places', async () => {
    const { database } = opened();
    const places = (tx: { execute: (text: string) => unknown }) =>
      tx.execute('SELECT pg_advisory_xact_lock(7203116, n) FROM generate_series(1, 16) n');
    await database.provision(tenants.b, async (tx) => {
      await places(tx);
      expect(await queries.run(tenants.a, 'SELECT 1')).toMatchObject({ ok: false, failure: { code: 'query_busy' } });
    });
    expect((await ask('SELECT 1')).rows).toEqual([[1]]);
  });
});

test('who goes away takes the query along', async () => {
  const stop = new AbortController();
  const running = queries.run(tenants.a, ENDLESS, stop.signal);
  await wait(300);
  expect(await sessions('active')).toBe(1);
  stop.abort();
  expect(await running).toMatchObject({ ok: false, failure: { code: 'stopped' } });
  await expect.poll(() => sessions('active')).toBe(0);
});

test('an answer keeps values exact, and a session forgets what the last query set', async () => {
  const { rows } = await ask(
    `SELECT 9007199254740993::bigint, 0.1, 123456789.123456789012, 'NaN'::float8, ARRAY['a', NULL], '{"a": [1]}'::jsonb,
       timestamptz '2026-07-01', timestamptz 'infinity', date '2026-07-01', true, interval '1 day', NULL`,
  );
  expect(rows).toEqual([
    ['9007199254740993', 0.1, '123456789.123456789012', 'NaN', ['a', null], { a: [1] }].concat([
      '2026-06-30T22:00:00.000Z',
      'infinity',
      '2026-07-01',
      true,
      '1 day',
      null,
    ] as never[]),
  ]);
  expect((await ask("SELECT '1e999'::json, (repeat('[', 300) || repeat(']', 300))::json")).rows).toEqual([
    ['1e999', '['.repeat(300) + ']'.repeat(300)],
  ]);
});

test.each([
  ['SELECT nme FROM materials', /column "nme" does not exist at character 8\. Perhaps you meant .*"materials\.name"/],
  ['SELECT 1 / 0', /division by zero/],
  ['SELECT sum(name) FROM materials', /function sum\(text\) does not exist/],
  ['SELECT name FROM materials GROUP BY color', /must appear in the GROUP BY clause/],
])('%s is told in PostgreSQL’s words', async (sql, words) => {
  expect(await refused(sql)).toMatchObject({ code: 'query_failed', message: expect.stringMatching(words) as string });
});
