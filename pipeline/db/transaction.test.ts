import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { useDatabase } from '../test-support/test-database.ts';
import { openPool, closePool } from './pools.ts';
import { transaction } from './transaction.ts';

const opened = useDatabase();

async function withPool<T>(work: (pool: ReturnType<typeof openPool>) => Promise<T>): Promise<T> {
  const limits = { max: 1, idleTimeoutMillis: 1000 };
  const pool = openPool(opened().connections.api, limits, () => undefined);
  return await work(pool).finally(() => closePool(pool));
}

const setting = sql`SELECT current_setting('rd.tenant', true) AS tenant`;

test('the first statement of the work has its settings already, and the next transaction has none of them', async () => {
  await withPool(async (pool) => {
    for (const tenant of ['first', "it's; DROP TABLE rd.users; --"]) {
      const seen = await transaction(pool, { 'rd.tenant': tenant }, (tx) => tx.execute(setting));
      expect(seen.rows).toEqual([{ tenant }]);
    }
    expect((await transaction(pool, {}, (tx) => tx.execute(setting))).rows).toEqual([{ tenant: '' }]);
  });
});

test('where a setting is refused nothing of the work happens, and the reason is told', async () => {
  await withPool(async (pool) => {
    const role = 'no_such_role';
    const work = transaction(pool, { role }, (tx) => tx.execute(sql`SELECT pg_notify('rd_progress', 'x')`));
    await expect(work).rejects.toMatchObject({ code: '22023' });
    expect((await transaction(pool, {}, (tx) => tx.execute(sql`SELECT 1 AS n`))).rows).toEqual([{ n: 1 }]);
  });
});

test('what throws in the middle is rolled back, with what was sent beside it', async () => {
  const { database } = opened();
  const { id } = await database.createTenant({ name: 'A', config: {} as never });
  const insert = sql`INSERT INTO rd.tenant_counters (tenant_id, name, value) VALUES (${id}, 'x', 1)`;
  await withPool(async (pool) => {
    const both = transaction(pool, { 'rd.tenant': id }, (tx) =>
      Promise.all([tx.execute(insert), tx.execute(sql`SELECT 1 / 0`)]),
    );
    await expect(both).rejects.toMatchObject({ cause: { code: '22012' } });
    const none = transaction(pool, { 'rd.tenant': id }, (tx) => tx.execute(sql`SELECT 1 FROM rd.tenant_counters`));
    expect((await none).rows).toEqual([]);
  });
});
