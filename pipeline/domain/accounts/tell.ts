import { sql } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';

/** Tells every API process, once this transaction is committed, that it must look at this user's sign-ins anew. */
export async function tellAccount(tx: Tx, userId: string): Promise<void> {
  await tx.execute(sql`SELECT pg_notify('rd_accounts', ${userId})`);
}
