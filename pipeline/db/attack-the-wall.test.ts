import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usePipeline } from '../test-support/test-pipeline.ts';
import { roleNames, type Connection } from './index.ts';

const pipeline = usePipeline({ workers: 0 });
const weak: Record<'api' | 'worker', Client | undefined> = { api: undefined, worker: undefined };
let admin: Client;
/** Whom the attacker may see, and whom it is after. */
let tenants: { own: string; other: string };
/** Tables of rd with their tenant column. */
let tables: { name: string; column: string }[];

async function open(connection: Connection): Promise<Client> {
  const client = new Client(connection);
  await client.connect();
  return client;
}

beforeAll(async () => {
  const { database } = pipeline().running;
  const { connections } = database;
  if (connections.admin === null) throw new Error('No admin.');
  admin = await open(connections.admin);
  weak.api = await open(connections.api);
  weak.worker = await open(connections.worker);
  const [own, other] = await database.listTenants();
  tenants = { own: own?.id ?? '', other: other?.id ?? '' };
  const found = await admin.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'rd'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1",
  );
  tables = found.rows.map(({ name }) => ({ name, column: name === 'tenants' ? 'id' : 'tenant_id' }));
});
afterAll(async () => {
  for (const client of [admin, weak.api, weak.worker]) await client?.end();
});

/** What became of a statement: rows it touched or showed, or the error's code. */
async function attempt(client: Client, setting: string | null, text: string): Promise<number | string> {
  await client.query('BEGIN');
  try {
    if (setting !== null) await client.query("SELECT set_config('rd.tenant', $1, true)", [setting]);
    const { rows, rowCount } = await client.query<{ n?: number }>(text);
    return rows[0]?.n ?? rowCount ?? 0;
  } catch (error) {
    return String((error as { code?: unknown }).code);
  } finally {
    await client.query('ROLLBACK');
  }
}

const NOTHING = new Set<number | string>([0, '42501']);
/** Text that is no tenant: the cast of the setting fails, which shows nothing either. */
const GARBAGE = '22P02';

describe.each(['api', 'worker'] as const)('as %s', (role) => {
  const settings = () => ({ unset: null, empty: '', own: tenants.own, garbage: `${tenants.other}' OR true --` });

  test('no table shows or changes a row of another tenant, whatever the setting says', async () => {
    const client = weak[role];
    if (client === undefined) throw new Error('Not open.');
    let guarded = 0;
    for (const { name, column } of tables) {
      const theirs = `${column} = '${tenants.other}'`;
      const there = await admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM rd.${name} WHERE ${theirs}`);
      guarded += there.rows[0]?.n ?? 0;
      for (const [setting, value] of Object.entries(settings())) {
        const allowed = setting === 'garbage' ? new Set([...NOTHING, GARBAGE]) : NOTHING;
        const attempts = [
          `SELECT count(*)::int AS n FROM rd.${name} WHERE ${theirs}`,
          `SELECT count(*)::int AS n FROM rd.${name} WHERE ${column} IS DISTINCT FROM nullif('${tenants.own}', '')::uuid`,
          `UPDATE rd.${name} SET ${column} = ${column} WHERE ${theirs}`,
          `DELETE FROM rd.${name} WHERE ${theirs}`,
        ];
        for (const text of attempts) {
          expect(allowed, `${text} with the tenant ${setting}`).toContain(await attempt(client, value, text));
        }
        const planted = await attempt(client, value, `INSERT INTO rd.${name} (${column}) VALUES ('${tenants.other}')`);
        expect(['42501', ...(setting === 'garbage' ? [GARBAGE] : [])], `INSERT into ${name}, ${setting}`).toContain(
          planted,
        );
      }
    }
    // There is something to steal.
    expect(guarded).toBeGreaterThan(100);
  });

  test('a row cannot be moved to another tenant', async () => {
    const client = weak[role];
    if (client === undefined) throw new Error('Not open.');
    for (const { name, column } of tables) {
      const moved = await attempt(client, tenants.own, `UPDATE rd.${name} SET ${column} = '${tenants.other}'`);
      expect(NOTHING, name).toContain(moved);
    }
  });

  test('jobs of another tenant are out of reach inside a tenant’s transaction', async () => {
    if (role === 'worker') return;
    const client = weak.api;
    if (client === undefined) throw new Error('Not open.');
    const data = `'{"tenant_id": "${tenants.other}"}'`;
    await admin.query(`INSERT INTO pgboss.job (name, data) VALUES ('render', ${data})`);
    for (const table of ['pgboss.job', 'pgboss.job_common']) {
      const theirs = `data ->> 'tenant_id' = '${tenants.other}'`;
      expect(await attempt(client, tenants.own, `SELECT count(*)::int AS n FROM ${table} WHERE ${theirs}`)).toBe(0);
      expect(await attempt(client, tenants.own, `UPDATE ${table} SET state = 'cancelled' WHERE ${theirs}`)).toBe(0);
      expect(await attempt(client, tenants.own, `DELETE FROM ${table} WHERE ${theirs}`)).toBe(0);
      const insert = `INSERT INTO ${table} (name, data) VALUES ('render', ${data})`;
      expect(await attempt(client, tenants.own, insert)).toBe('42501');
    }
  });

  test('it can be nobody else, make nothing and open nothing', async () => {
    const client = weak[role];
    if (client === undefined) throw new Error('Not open.');
    const roles = roleNames(pipeline().running.database.connections.api.database);
    const me = roles[role];
    const refused = [
      `SET ROLE ${roles.owner}`,
      `SET ROLE ${roles.admin}`,
      `SET ROLE ${roles.query}`,
      `SET ROLE postgres`,
      `SET SESSION AUTHORIZATION ${roles.owner}`,
      `SELECT set_config('role', '${roles.admin}', true)`,
      `GRANT ${roles.owner} TO ${me}`,
      `ALTER ROLE ${me} BYPASSRLS`,
      `ALTER ROLE ${me} SUPERUSER`,
      `ALTER ROLE ${roles.owner} LOGIN`,
      'CREATE ROLE intruder LOGIN',
      'CREATE DATABASE intruder',
      'CREATE SCHEMA intruder',
      'CREATE TABLE rd.intruder (a int)',
      'CREATE TABLE public.intruder (a int)',
      'CREATE TABLE pgboss.intruder (a int)',
      'CREATE TEMP TABLE intruder (a int)',
      'CREATE VIEW rd_views.intruder AS SELECT 1',
      "CREATE FUNCTION rd.intruder() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      'CREATE EXTENSION dblink SCHEMA rd',
      'CREATE PUBLICATION intruder FOR ALL TABLES',
      'ALTER TABLE rd.orders DISABLE ROW LEVEL SECURITY',
      'DROP POLICY tenant ON rd.orders',
      `ALTER POLICY tenant ON rd.orders USING (true)`,
      'TRUNCATE rd.orders CASCADE',
      'ALTER TABLE rd.orders DISABLE TRIGGER ALL',
      "SET session_replication_role = 'replica'",
      'SELECT count(*) FROM rd_search.products',
      'SELECT rd_search.rebuild(NULL)',
      'SELECT count(*) FROM rd_auth.attempts',
      'SELECT count(*) FROM rd_views.orders',
      'INSERT INTO rd_meta.migrations VALUES (1, 1)',
      "SELECT pgboss.create_queue('x', '{}')",
      "SELECT pgboss.job_table_run('DROP TABLE pgboss.job')",
      "COPY rd.users TO PROGRAM 'cat'",
      "COPY rd.users FROM '/etc/passwd'",
      "SELECT pg_read_file('/etc/passwd')",
      "SELECT lo_import('/etc/passwd')",
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usesysid = 10 AND pid <> pg_backend_pid()',
      'ALTER SYSTEM SET log_statement = 1',
      'SELECT rolpassword FROM pg_authid',
    ];
    const got: string[] = [];
    for (const text of refused) {
      const code = await attempt(client, tenants.own, text);
      if (!['42501', '42883', '25001', '55P02'].includes(String(code))) got.push(`${text}: ${code}`);
    }
    expect(got).toEqual([]);
    // Row-level security that is switched off refuses instead of showing everything.
    await client.query('SET row_security = off');
    expect(await attempt(client, tenants.own, 'SELECT count(*) FROM rd.orders')).toBe('42501');
    await client.query('RESET row_security');
  });
});
