import { describe, expect, test } from 'vitest';
import { checkQuery } from './check.ts';

/** For each rule: queries that break it, and what its refusal says to do instead. */
const rules: Record<string, { says: RegExp; refused: string[] }> = {
  readable_text: {
    says: /Leave it out|shorter/,
    refused: ["SELECT 'a\0b'", "SELECT '\ud800'", `SELECT '${'ä'.repeat(5000)}'`],
  },
  one_statement: {
    says: /exactly one SELECT/,
    refused: ['', '-- nothing', 'SELECT 1; SELECT 2', 'SELECT 1; DROP SCHEMA rd CASCADE'],
  },
  select_only: {
    says: /nothing can be changed here/,
    refused: [
      'DELETE FROM orders',
      'COMMIT',
      'SET ROLE rd_owner',
      'EXPLAIN SELECT 1',
      'COPY orders TO STDOUT',
      'WITH gone AS (DELETE FROM orders RETURNING 1) SELECT * FROM gone',
      'SELECT * INTO copy FROM orders',
    ],
  },
  no_locks: { says: /leave them out/, refused: ['SELECT * FROM orders FOR UPDATE', 'SELECT * FROM orders FOR SHARE'] },
  plain_select: {
    says: /Use|Write|Only current_date/,
    refused: [
      "SELECT JSON_VALUE('{}', '$.a')",
      'SELECT * FROM orders TABLESAMPLE SYSTEM (1)',
      'SELECT $1',
      'SELECT xmlelement(name a)',
      'SELECT current_user',
    ],
  },
  documented_views: {
    says: /Use company, categories, products|Rename/,
    refused: [
      'SELECT * FROM users',
      'SELECT * FROM rd.orders',
      'SELECT * FROM renderdesk.rd_views.orders',
      'SELECT * FROM pg_catalog.pg_roles',
      'WITH pg_roles AS (SELECT 1) SELECT * FROM pg_roles',
    ],
  },
  allowed_functions: {
    says: /is not allowed in queries\. (Use|A query cannot wait|Settings)/,
    refused: [
      'SELECT pg_sleep(1)',
      "SELECT set_config('a.b', 'c', true)",
      'SELECT rd.count(*)',
      'SELECT "LOWER"(\'A\')',
    ],
  },
  allowed_types: {
    says: /Cast to text/,
    refused: ["SELECT 'rd.users'::regclass", 'SELECT NULL::rd.users', "SELECT xml '<a/>'"],
  },
  allowed_operators: {
    says: /Use comparison, arithmetic/,
    refused: [
      "SELECT '{}'::jsonb @? '$'",
      'SELECT 1 OPERATOR(rd_search.%) 2',
      'SELECT number FROM orders ORDER BY number USING OPERATOR(rd.<)',
      'SELECT 1 WHERE 1 OPERATOR(rd.=) ANY (SELECT 1)',
    ],
  },
  nesting: {
    says: /Split it with WITH/,
    refused: [
      `SELECT ${'('.repeat(400)}1${')'.repeat(400)}`,
      `SELECT ${'NOT '.repeat(2000)}true`,
      `SELECT 1${'+1'.repeat(3000)}`,
    ],
  },
  bounded_values: {
    says: /at most 1000|widths under 1,000/,
    refused: [
      "SELECT repeat('x', 1001)",
      "SELECT lpad('x', lines_total) FROM orders",
      "SELECT 'x'::char(1001)",
      "SELECT format('%1000s', 1)",
      "SELECT format('%*s', 9, 1)",
      'SELECT format(name) FROM products',
    ],
  },
  bounded_numbers: {
    says: /at most 308 digits|exponent|in several queries/,
    refused: [
      'SELECT 2 ^ 101',
      'SELECT power(lines_total, lines_total) FROM orders',
      'SELECT 1e309',
      "SELECT '1e5000'::numeric",
      `SELECT '{"a": 1e5000}'::jsonb`,
      `SELECT 1${'*1'.repeat(41)}`,
    ],
  },
  bounded_growth: {
    says: /short text|in several queries|Use fewer columns/,
    refused: [
      'SELECT replace(name, name, pim_id) FROM products',
      `SELECT replace('a', 'a', '${'b'.repeat(5000)}'), replace('b', 'b', 'ccc')`,
      `SELECT regexp_replace('a', '', '${'b'.repeat(200)}', 'g'), regexp_replace('a', '', '${'b'.repeat(200)}', 'g')`,
      `WITH a0 AS (SELECT 'x' AS x), ${Array.from({ length: 17 }, (_, n) => `a${n + 1} AS (SELECT x || x AS x FROM a${n})`).join(', ')} SELECT x FROM a17`,
      'SELECT count(*) FROM orders GROUP BY CUBE (id, number, status, output_type, lines_total, lines_done, lines_failed, created_at, created_by)',
      `SELECT ${Array.from({ length: 13 }, () => 'array_agg(id)').join(', ')} FROM orders`,
    ],
  },
};

describe.each(Object.entries(rules))('the rule %s', (rule, { says, refused }) => {
  test.each(refused.map((sql) => [sql.slice(0, 60), sql]))('refuses %s and says what to write', async (_short, sql) => {
    const answer = await checkQuery(sql);
    expect(answer).toMatchObject({ ok: false, failure: { code: 'query_refused', details: { rule } } });
    if (!answer.ok) expect(answer.failure.message).toMatch(says);
  });
});

test('what stands close to a rule and is fine passes', async () => {
  const fine = [
    "SELECT repeat('x', 1000), lpad('x', 6, '0'), 'x'::char(10), format('%-20s %s', 1, 2)",
    'SELECT 2 ^ 100, power(1.5, -2), power(lines_total, 2.5), lines_total ^ lines_failed::float8 FROM orders',
    "SELECT '550e8400-e29b-41d4-a716-446655440000'::uuid, 1e300, 123e-5, '2e10', 'Größe 12e9999 mm'",
    "SELECT replace(replace(replace(name, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), regexp_replace(name, '\\s+', ' ', 'g') FROM products",
    'WITH users AS (SELECT 1 AS a) SELECT a FROM users',
    "SELECT 'DELETE FROM orders; -- $$', $$ ; $$ -- ; DROP",
    'SELECT 1 OPERATOR(pg_catalog.+) 1 WHERE 1 BETWEEN SYMMETRIC 2 AND 0 AND 1 NOT IN (2) AND $$a$$ NOT ILIKE $$b$$',
    `SELECT 1${'+1'.repeat(100)}`,
    `WITH a AS (SELECT name || ' ' || pim_id || ' ' || kind AS x FROM products) SELECT ${"x || ', ' || ".repeat(30)} 'end' FROM a`,
    'SELECT 1;',
  ];
  for (const sql of fine) expect(await checkQuery(sql), sql).toEqual({ ok: true, value: true });
});

test('what is no SQL is told with its place', async () => {
  expect(await checkQuery('SELECT number FRM orders')).toMatchObject({
    ok: false,
    failure: { code: 'query_failed', message: 'syntax error at or near "orders" at character 19.' },
  });
});

test('the check works as before after the deepest and the strangest texts', async () => {
  const texts = ['[', '(', 'NOT ', 'SELECT (', 'CASE WHEN ', '$a$', '/*', '\\'].map((part) =>
    `SELECT ${part.repeat(10_000)}`.slice(0, 9_999),
  );
  for (const text of texts) expect((await checkQuery(text)).ok).toBe(false);
  expect(await checkQuery('SELECT number FROM orders')).toEqual({ ok: true, value: true });
});
