/**
 * Queries that try to write, to leave the tenant, to run away, or to see the machinery. None may answer with rows of
 * anything but the tenant's own documented views; where `own` is set an answer is allowed, for the query is legal and
 * can only see the tenant's own rows.
 */
export interface HostileQuery {
  readonly aim: string;
  readonly sql: string;
  readonly own?: true;
}

const writing: readonly HostileQuery[] = [
  { aim: 'delete', sql: 'DELETE FROM orders' },
  { aim: 'update', sql: "UPDATE orders SET status = 'done'" },
  { aim: 'insert', sql: "INSERT INTO materials (name) VALUES ('x')" },
  { aim: 'truncate', sql: 'TRUNCATE orders' },
  { aim: 'drop', sql: 'DROP TABLE rd.orders CASCADE' },
  { aim: 'second statement', sql: 'SELECT 1; DELETE FROM orders' },
  { aim: 'commit and drop', sql: 'COMMIT; DROP SCHEMA rd CASCADE;' },
  { aim: 'rollback and write', sql: "ROLLBACK; INSERT INTO rd.materials (name) VALUES ('x')" },
  { aim: 'write in a CTE', sql: 'WITH gone AS (DELETE FROM rd.orders RETURNING *) SELECT * FROM gone' },
  { aim: 'select into', sql: 'SELECT * INTO stolen FROM orders' },
  { aim: 'create table', sql: 'CREATE TABLE stolen AS SELECT * FROM orders' },
  { aim: 'temporary table', sql: 'CREATE TEMP TABLE t (a int)' },
  { aim: 'explain that runs', sql: 'EXPLAIN ANALYZE DELETE FROM orders' },
  { aim: 'anonymous block', sql: 'DO $$ BEGIN DELETE FROM rd.orders; END $$' },
  { aim: 'row locks', sql: 'SELECT * FROM orders FOR UPDATE' },
  { aim: 'large object', sql: "SELECT lo_from_bytea(0, 'x')" },
  { aim: 'sequence', sql: "SELECT nextval('rd.order_numbers')" },
  { aim: 'notify', sql: "SELECT pg_notify('a', 'b')" },
  { aim: 'write the log', sql: "SELECT pg_logical_emit_message(false, 'a', 'b')" },
  { aim: 'comment hides a statement', sql: 'SELECT 1 /* ; */; DROP VIEW rd_views.orders --' },
];

const leaving: readonly HostileQuery[] = [
  { aim: 'set the tenant', sql: "SELECT set_config('rd.tenant', '{other}', true)" },
  { aim: 'set the tenant, qualified', sql: "SELECT pg_catalog.set_config('rd.tenant', '{other}', false)" },
  {
    aim: 'set the tenant, then read',
    sql: "WITH s AS MATERIALIZED (SELECT set_config('rd.tenant', '{other}', true)) SELECT o.* FROM s, orders o",
  },
  { aim: 'set as a statement', sql: "SET rd.tenant = '{other}'" },
  { aim: 'set role', sql: 'SET ROLE rd_owner' },
  { aim: 'reset role', sql: 'RESET ROLE' },
  { aim: 'become another', sql: "SELECT set_config('role', 'rd_owner', true)" },
  { aim: 'session authorization', sql: 'SET SESSION AUTHORIZATION rd_owner' },
  { aim: 'table below the view', sql: 'SELECT * FROM rd.orders' },
  { aim: 'users of everybody', sql: 'SELECT * FROM rd.users' },
  { aim: 'hidden table by name', sql: 'SELECT * FROM chat_messages' },
  { aim: 'tokens', sql: 'SELECT * FROM rd.tokens' },
  { aim: 'dynamic SQL through XML', sql: "SELECT query_to_xml('SELECT * FROM rd.orders', true, true, '')" },
  { aim: 'table through XML', sql: "SELECT table_to_xml('rd.users', true, true, '')" },
  { aim: 'cursor through XML', sql: "SELECT cursor_to_xml('c', 10, true, true, '')" },
  {
    aim: 'the other tenant by its id',
    sql: "SELECT * FROM orders WHERE id::text LIKE '%' OR '{other}' = '{other}'",
    own: true,
  },
  {
    aim: 'leaky predicate',
    sql: 'SELECT number FROM orders WHERE (1 / (CASE WHEN lines_total > 0 THEN 1 ELSE 0 END)) = 1',
    own: true,
  },
  { aim: 'error that tells a value', sql: 'SELECT number::int FROM orders' },
  { aim: 'dblink', sql: "SELECT * FROM dblink('dbname=postgres', 'SELECT 1') AS t(a int)" },
  { aim: 'copy out', sql: 'COPY orders TO STDOUT' },
  { aim: 'copy to a program', sql: "COPY orders TO PROGRAM 'id'" },
  { aim: 'own function', sql: 'SELECT rd.query_tenant()' },
];

const looking: readonly HostileQuery[] = [
  { aim: 'read a file', sql: "SELECT pg_read_file('/etc/passwd')" },
  { aim: 'read a binary file', sql: "SELECT pg_read_binary_file('/etc/passwd')" },
  { aim: 'list a directory', sql: "SELECT pg_ls_dir('/')" },
  { aim: 'import a file', sql: "SELECT lo_import('/etc/passwd')" },
  { aim: 'settings', sql: "SELECT current_setting('data_directory')" },
  { aim: 'show', sql: 'SHOW ALL' },
  { aim: 'roles', sql: 'SELECT * FROM pg_roles' },
  { aim: 'password hashes', sql: 'SELECT * FROM pg_catalog.pg_authid' },
  { aim: 'catalog of tables', sql: 'SELECT * FROM information_schema.tables' },
  { aim: 'other sessions', sql: 'SELECT query FROM pg_stat_activity' },
  { aim: 'counts in the statistics', sql: 'SELECT * FROM pg_stat_user_tables' },
  { aim: 'name as a type', sql: "SELECT 'rd.users'::regclass" },
  { aim: 'catalog under a CTE', sql: 'WITH pg_roles AS (SELECT 1) SELECT * FROM pg_roles' },
  { aim: 'source of a function', sql: "SELECT pg_get_functiondef('rd.query_tenant'::regproc)" },
];

const runningAway: readonly HostileQuery[] = [
  { aim: 'sleep', sql: 'SELECT pg_sleep(60)' },
  { aim: 'endless series', sql: 'SELECT count(*) FROM generate_series(1, 100000000000)' },
  {
    aim: 'endless recursion',
    sql: 'WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r',
  },
  {
    aim: 'cross join',
    sql: 'SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b, generate_series(1, 100) c',
  },
  { aim: 'all the memory', sql: "SELECT length(string_agg(repeat('x', 1000000), '')) FROM generate_series(1, 5000)" },
  { aim: 'one huge value', sql: "SELECT repeat('x', 1000000000)" },
  { aim: 'many rows', sql: 'SELECT * FROM generate_series(1, 100000)', own: true },
  { aim: 'kill sessions', sql: 'SELECT pg_terminate_backend(1)' },
  { aim: 'hold a lock', sql: 'SELECT pg_advisory_lock(1)' },
  { aim: 'no timeout', sql: 'SET statement_timeout = 0' },
  { aim: 'much memory', sql: "SELECT set_config('work_mem', '1TB', true)" },
  { aim: 'deep nesting', sql: `SELECT ${'abs('.repeat(1500)}1${')'.repeat(1500)}` },
  { aim: 'many parentheses', sql: `SELECT ${'('.repeat(2000)}1${')'.repeat(2000)}`, own: true },
  { aim: 'catastrophic pattern', sql: `SELECT repeat('a', 40) ~ '^(a|a)*$' || repeat('(a*)*', 20)` },
  { aim: 'not SQL', sql: "'); DROP TABLE orders; --" },
  { aim: 'a null byte', sql: "SELECT 'a\u0000b'" },
  { aim: 'nothing', sql: '   ' },
];

/** The whole corpus; `{other}` stands for the other tenant's id. */
export const hostileQueries: readonly HostileQuery[] = [...writing, ...leaving, ...looking, ...runningAway];
