import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';

/** Those of the ids that are no product of the tenant, with their place in the list. */
export async function findMissing(tx: Tx, ids: readonly string[]): Promise<{ id: string; position: number }[]> {
  const answer = await tx.execute<{ id: string; position: number }>(sql`
    SELECT given.id, (given.n - 1)::integer AS position
    FROM unnest(${sql.param(ids)}::uuid[]) WITH ORDINALITY AS given (id, n)
    WHERE NOT EXISTS (SELECT FROM rd.products p WHERE p.id = given.id) ORDER BY given.n`);
  return answer.rows;
}
