import { sql } from 'drizzle-orm';
import { schema, type Tx } from '../../db/index.ts';

/** `SA-2026-00160`. */
export function formatOrderNumber(year: number, count: number): string {
  return `SA-${year}-${String(count).padStart(5, '0')}`;
}

/** Can this text stand in an order's number? */
export function isPartOfNumber(text: string): boolean {
  return /^[SA\d-]+$/.test(text);
}

/** Name of the counter of a year's orders in `tenant_counters`. */
export function orderCounterName(year: number): string {
  return `orders-${year}`;
}

/** The tenant's next order number of that year. The counter's row is locked until the transaction ends, so no number is skipped. */
export async function nextOrderNumber(tx: Tx, tenantId: string, year: number): Promise<string> {
  const { tenantCounters } = schema;
  const [row] = await tx
    .insert(tenantCounters)
    .values({ tenantId, name: orderCounterName(year), value: 1 })
    .onConflictDoUpdate({
      target: [tenantCounters.tenantId, tenantCounters.name],
      set: { value: sql`${tenantCounters.value} + 1` },
    })
    .returning({ value: tenantCounters.value });
  if (row === undefined) throw new Error('The order counter gave no number.');
  return formatOrderNumber(year, row.value);
}
