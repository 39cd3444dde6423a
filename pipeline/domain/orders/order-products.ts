import { sql, type SQL } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import { SAMPLE_SIZE, type SampleProduct } from './effect.ts';
import { findUnmapped, type UnmappedProduct } from './unmapped.ts';

/** The first products of the order lines `l` that meet the condition, by position. */
export async function sampleOfLines(tx: Tx, lines: SQL): Promise<SampleProduct[]> {
  const answer = await tx.execute<{ id: string; pim_id: string; name: string }>(sql`
    SELECT p.id, p.pim_id, p.name FROM rd.order_lines l JOIN rd.products p ON p.id = l.product_id
    WHERE ${lines} ORDER BY l.position LIMIT ${SAMPLE_SIZE}`);
  return answer.rows;
}

/** Products with unmapped CAD materials on the order lines `l` that meet the condition. */
export function unmappedOfLines(tx: Tx, lines: SQL): Promise<UnmappedProduct[]> {
  return findUnmapped(tx, sql`p.id IN (SELECT l.product_id FROM rd.order_lines l WHERE ${lines})`);
}
