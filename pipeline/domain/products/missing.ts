import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import { anyId } from '../sql.ts';

/** Those of the ids that are no product of the tenant, with their place in the list. */
export async function findMissing(tx: Tx, ids: readonly string[]): Promise<{ id: string; position: number }[]> {
  const answer = await tx.execute<{ id: string }>(sql`SELECT p.id FROM rd.products p WHERE p.id = ${anyId(ids)}`);
  const known = new Set(answer.rows.map((row) => row.id));
  return ids.flatMap((id, position) => (known.has(id.toLowerCase()) ? [] : [{ id, position }]));
}
