import type { Tx, UnnumberedEvent } from '../../db/index.ts';
import { schema } from '../../db/index.ts';

/** Tells what changed, in the change's own transaction; the sequencer numbers it once it is committed. */
export async function tell(tx: Tx, tenantId: string, ...events: UnnumberedEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.insert(schema.outbox).values(events.map((event) => ({ tenantId, event })));
}
