import { sql } from 'drizzle-orm';
import type { Database } from '../db/index.ts';
import type { BearerCheck } from '../domain/accounts/index.ts';

const PRUNE_MS = 60_000;

/**
 * Forgets whoever another process disabled, signed out or gave another role, as soon as that is committed; and clears
 * away counters of failed sign-ins that have run out. Returns its end.
 */
export async function watchAccounts(
  database: Database,
  bearer: BearerCheck,
  onError: (error: unknown) => void,
): Promise<() => Promise<void>> {
  const unlisten = await database.listen({
    rd_accounts: (userId) => {
      bearer.forget(userId);
    },
  });
  const prune = (): void => {
    database.withNobody((tx) => tx.execute(sql`SELECT rd.prune_attempts()`)).catch(onError);
  };
  const timer = setInterval(prune, PRUNE_MS);
  return async () => {
    clearInterval(timer);
    await unlisten();
  };
}
