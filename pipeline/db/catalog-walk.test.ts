import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { walkCatalog } from '../test-support/catalog-walk.ts';
import { grantMatrix } from '../test-support/grant-matrix.ts';
import { useDatabase } from '../test-support/test-database.ts';
import { roleNames, type RoleNames } from './index.ts';

const opened = useDatabase();
let client: Client;
let roles: RoleNames;

beforeAll(async () => {
  const { database, connections } = opened();
  await database.createTenant({ name: 'A', config: {} as never });
  client = new Client(connections.admin);
  await client.connect();
  roles = roleNames(connections.admin.database);
});
afterAll(() => client.end());

test('nothing in the database stands open in the tenant wall', async () => {
  expect(await walkCatalog(client, roles)).toEqual([]);
});

// A migration that grants or walls differently changes this file: `npx vitest run pipeline/db/catalog-walk -u`, and read the change.
test('every role has exactly the grants and policies that are written down', async () => {
  await expect(await grantMatrix(client, roles)).toMatchFileSnapshot('grants.snapshot.txt');
});

describe('the walk sees each kind of hole', () => {
  const holes: [what: string, plant: (roles: RoleNames) => string, seen: RegExp][] = [
    ['a table without row-level security', () => 'CREATE TABLE rd.leak (tenant_id uuid)', /rd\.leak does not force/],
    [
      'row-level security not forced',
      () => 'ALTER TABLE rd.orders NO FORCE ROW LEVEL SECURITY',
      /rd\.orders does not force/,
    ],
    ['a dropped policy', () => 'DROP POLICY tenant ON rd.users', /rd\.users has no policy tenant/],
    [
      'a policy for everybody',
      () => 'CREATE POLICY p ON rd.users USING (true)',
      /policy p of rd\.users is for everybody/,
    ],
    ['jobs without a wall', () => 'ALTER TABLE pgboss.job DISABLE ROW LEVEL SECURITY', /pgboss\.job has no row-level/],
    [
      'a view without barrier',
      () => 'CREATE VIEW rd_views.leak AS SELECT 1 AS a',
      /rd_views\.leak has no security_barrier/,
    ],
    [
      'a view elsewhere',
      () => 'CREATE VIEW rd.leak WITH (security_barrier) AS SELECT 1 AS a',
      /rd\.leak is a view outside/,
    ],
    [
      'a materialized view',
      () => 'CREATE MATERIALIZED VIEW rd.leak AS SELECT * FROM rd.users',
      /rd\.leak is a materialized/,
    ],
    ['a foreign owner', ({ api }) => `ALTER TABLE rd.orders OWNER TO ${api}`, /rd\.orders belongs to rd\w*_api/],
    ['a table open to everybody', () => 'GRANT SELECT ON rd.users TO PUBLIC', /rd\.users is open to everybody/],
    [
      'a column open to everybody',
      () => 'GRANT SELECT (email) ON rd.users TO PUBLIC',
      /rd\.users is open to everybody/,
    ],
    [
      'a sequence open to everybody',
      () => 'GRANT USAGE ON SEQUENCE rd.outbox_id_seq TO PUBLIC',
      /outbox_id_seq is open/,
    ],
    [
      'a way into the search',
      ({ api }) => `GRANT SELECT ON rd_search.products TO ${api}`,
      /rd_search\.products may be used/,
    ],
    [
      'a function for everybody',
      () => "CREATE FUNCTION rd.f() RETURNS int LANGUAGE sql SET search_path = pg_catalog AS 'SELECT 1'",
      /rd\.f\(\) may be called by everybody/,
    ],
    [
      'a loose search_path',
      () => "CREATE FUNCTION rd.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
      /rd\.f\(\) has no fixed search_path/,
    ],
    [
      'a function of somebody else',
      ({ api }) => `GRANT CREATE ON SCHEMA rd TO ${api}; ALTER FUNCTION rd.current_tenant() OWNER TO ${api}`,
      /current_tenant\(\) belongs to/,
    ],
    ['an unknown schema', () => 'CREATE SCHEMA extra', /schema extra is not one of ours/],
    ['a schema open to everybody', () => 'GRANT USAGE ON SCHEMA rd TO PUBLIC', /schema rd is open to everybody/],
    [
      'changed default privileges',
      () => 'ALTER DEFAULT PRIVILEGES IN SCHEMA rd GRANT SELECT ON TABLES TO PUBLIC',
      /default privileges of/,
    ],
    [
      'temporary tables for everybody',
      () => `DO $$ BEGIN EXECUTE format('GRANT TEMP ON DATABASE %I TO PUBLIC', current_database()); END $$`,
      /everybody may TEMPORARY/,
    ],
    ['a strong role', ({ worker }) => `ALTER ROLE ${worker} BYPASSRLS`, /_worker is too strong/],
    ['a membership', ({ owner, api }) => `GRANT ${owner} TO ${api}`, /_api is a member of rd\w*_owner/],
    ['a large object', () => 'SELECT lo_create(0)', /there is a large object/],
  ];
  test.each(holes)('%s', async (_what, plant, seen) => {
    await client.query('BEGIN');
    await client.query(plant(roles));
    const found = await walkCatalog(client, roles).finally(() => client.query('ROLLBACK'));
    expect(found).toContainEqual(expect.stringMatching(seen));
    expect(await walkCatalog(client, roles)).toEqual([]);
  });

  test('a single grant more or less', async () => {
    const before = await grantMatrix(client, roles);
    for (const change of [
      `GRANT DELETE ON rd.orders TO ${roles.api}`,
      `REVOKE SELECT ON rd.users FROM ${roles.worker}`,
    ]) {
      await client.query('BEGIN');
      await client.query(change);
      const after = await grantMatrix(client, roles).finally(() => client.query('ROLLBACK'));
      expect(after).not.toBe(before);
    }
  });
});
