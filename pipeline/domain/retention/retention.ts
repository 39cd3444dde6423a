import { sql } from 'drizzle-orm';
import type { Database } from '../../db/index.ts';
import { readConfig } from '../tenants/index.ts';

/**
 * Deletes what a tenant need not keep any longer: old answers to keys, expired selections, tokens and one-time codes,
 * chats beyond the tenant's retention.
 */
export async function sweepTenant(database: Database, tenantId: string): Promise<void> {
  await database.withTenant(tenantId, async (tx) => {
    const { chat_retention_days: days } = await readConfig(tx);
    await tx.execute(sql`DELETE FROM rd.idempotency_keys WHERE created_at < now() - interval '30 days'`);
    await tx.execute(sql`DELETE FROM rd.selections WHERE expires_at < now()`);
    await tx.execute(sql`DELETE FROM rd.tokens WHERE expires_at < now() OR revoked_at < now() - interval '1 day'`);
    await tx.execute(sql`DELETE FROM rd.account_codes WHERE expires_at < now()`);
    await tx.execute(sql`DELETE FROM rd.chat_sessions WHERE updated_at < now() - ${days} * interval '1 day'`);
  });
}

/** Sweeps a tenant when it is used, at most once an hour: a server does not know its tenants otherwise. */
export interface Sweeper {
  seen(tenantId: string): void;
}

const EVERY_MS = 3_600_000;

/** A sweeper of this process; several at once do no harm. */
export function createSweeper(database: Database, onError: (error: unknown) => void): Sweeper {
  const next = new Map<string, number>();
  return {
    seen: (tenantId) => {
      if ((next.get(tenantId) ?? 0) > Date.now()) return;
      next.set(tenantId, Date.now() + EVERY_MS);
      sweepTenant(database, tenantId).catch(onError);
    },
  };
}
