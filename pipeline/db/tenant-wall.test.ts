import { getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { useDatabase } from '../test-support/test-database.ts';
import { schema, type Tx } from './index.ts';

const opened = useDatabase();

/** Rows of the catalog, read as the admin. */
async function catalog(query: Parameters<Tx['execute']>[0]): Promise<Record<string, unknown>[]> {
  const answer = await opened().database.provision('00000000-0000-0000-0000-000000000000', (tx) => tx.execute(query));
  return answer.rows;
}

test('a transaction sees the tenant it named, and a connection nothing after it', async () => {
  const a = await opened().database.createTenant({ name: 'A', config: {} as never });
  const b = await opened().database.createTenant({ name: 'B', config: {} as never });
  const names = (tx: Tx) => tx.select({ name: schema.tenants.name }).from(schema.tenants);
  expect(await opened().database.withTenant(a.id, names)).toEqual([{ name: 'A' }]);
  expect(await opened().database.withTenantAsWorker(b.id, names)).toEqual([{ name: 'B' }]);
  expect(await opened().database.withLogin('nobody@example.org', names)).toEqual([]);
  await expect(
    opened().database.withTenant(a.id, (tx) =>
      tx.insert(schema.outbox).values({ tenantId: b.id, event: { type: 'config.changed' } }),
    ),
  ).rejects.toMatchObject({ cause: { code: '42501' } });
});

test('the sequencer numbers without gaps and keeps tenants apart', async () => {
  const tenants = [];
  for (const name of ['C', 'D']) tenants.push(await opened().database.createTenant({ name, config: {} as never }));
  for (const tenant of tenants) {
    await opened().database.withTenant(tenant.id, async (tx) => {
      const event = { type: 'config.changed' } as const;
      await tx.insert(schema.outbox).values([1, 2, 3].map(() => ({ tenantId: tenant.id, event })));
    });
  }
  await Promise.all([opened().database.sequenceEvents(), opened().database.sequenceEvents()]);
  while ((await opened().database.sequenceEvents()) > 0);
  for (const tenant of tenants) {
    const seen = await opened().database.withTenant(tenant.id, (tx) =>
      tx.select({ seq: schema.events.seq }).from(schema.events).orderBy(schema.events.seq),
    );
    expect(seen.map((row) => row.seq)).toEqual([1, 2, 3]);
  }
});

test('Drizzle’s tables are the migrations’ tables', async () => {
  const rows = await catalog(sql`SELECT table_name AS t, column_name AS c, is_nullable = 'NO' AS required
    FROM information_schema.columns WHERE table_schema = 'rd'`);
  const inDatabase = rows.map((row) => `${String(row['t'])}.${String(row['c'])} ${String(row['required'])}`).sort();
  const inCode = Object.values(schema)
    .filter((value) => is(value, PgTable))
    .flatMap((table) =>
      Object.values(getTableColumns(table)).map((column) => `${getTableName(table)}.${column.name} ${column.notNull}`),
    );
  expect(inCode.sort()).toEqual(inDatabase);
});
