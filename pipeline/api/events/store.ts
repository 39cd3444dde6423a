import { asc, gt, sql } from 'drizzle-orm';
import type { StateEvent } from '../../../shared/domain/index.ts';
import { schema, type Tx } from '../../db/index.ts';

const { events, eventCounters } = schema;

/** Number of the tenant's newest event, 0 before the first. */
export async function currentSeq(tx: Tx): Promise<number> {
  const [row] = await tx.select({ seq: eventCounters.seq }).from(eventCounters);
  return row?.seq ?? 0;
}

/** Number of the tenant's oldest event that is still kept, null where none is. */
export async function oldestSeq(tx: Tx): Promise<number | null> {
  const [row] = await tx.select({ seq: sql<string | null>`min(${events.seq})` }).from(events);
  const oldest = row?.seq ?? null;
  return oldest === null ? null : Number(oldest);
}

/** Events after a number, in order. */
export async function eventsAfter(tx: Tx, seq: number, limit: number): Promise<StateEvent[]> {
  const rows = await tx.select().from(events).where(gt(events.seq, seq)).orderBy(asc(events.seq)).limit(limit);
  return rows.map((row) => ({ ...row.event, seq: row.seq, at: row.at.toISOString() }));
}
