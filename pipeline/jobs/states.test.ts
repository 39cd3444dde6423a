import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import type { Tx } from '../db/index.ts';
import { LINE_FOLLOWERS, ORDER_FOLLOWERS, RENDER_FOLLOWERS } from '../domain/orders/states.ts';
import { usePipeline } from '../test-support/test-pipeline.ts';

const pipeline = usePipeline({ workers: 0 });

type Followers = Record<string, readonly string[]>;

/** Every pair of states that the database lets one row of the table go through. */
async function allowedPairs(table: 'orders' | 'order_lines' | 'renders', states: readonly string[]): Promise<string[]> {
  const { database } = pipeline().running;
  const [tenant] = await database.listTenants();
  if (tenant === undefined) throw new Error('No tenant.');
  const allowed: string[] = [];
  const name = sql.raw(`rd.${table}`);
  await database
    .provision(tenant.id, async (tx) => {
      // As the login itself: only the tables' owner may switch a trigger off.
      await tx.execute(sql`SET LOCAL ROLE NONE`);
      for (const from of states) {
        for (const to of states.filter((state) => state !== from)) {
          await tx.execute(sql`ALTER TABLE ${name} DISABLE TRIGGER keep_states`);
          const id = await anyRow(tx, table);
          await tx.execute(sql`UPDATE ${name} SET status = ${from} WHERE id = ${id}`);
          await tx.execute(sql`ALTER TABLE ${name} ENABLE TRIGGER keep_states`);
          const went = await tx
            .transaction((inner) => inner.execute(sql`UPDATE ${name} SET status = ${to} WHERE id = ${id}`))
            .then(
              () => true,
              () => false,
            );
          if (went) allowed.push(`${from}>${to}`);
        }
      }
      throw new Error('rolled back');
    })
    .catch((error: unknown) => {
      if (!(error instanceof Error) || error.message !== 'rolled back') throw error;
    });
  return allowed.sort();
}

async function anyRow(tx: Tx, table: string): Promise<string> {
  const answer = await tx.execute<{ id: string }>(sql`SELECT id FROM ${sql.raw(`rd.${table}`)} LIMIT 1`);
  return answer.rows[0]?.id ?? '';
}

function pairsOf(followers: Followers): string[] {
  return Object.entries(followers)
    .flatMap(([from, all]) => all.map((to) => `${from}>${to}`))
    .sort();
}

test.each([
  ['orders', ORDER_FOLLOWERS],
  ['order_lines', LINE_FOLLOWERS],
  ['renders', RENDER_FOLLOWERS],
] as const)('the database lets %s go from state to state exactly as the table says', async (table, followers) => {
  expect(await allowedPairs(table, Object.keys(followers))).toEqual(pairsOf(followers));
});
