import { sql } from 'drizzle-orm';
import os from 'node:os';
import type { Database } from '../db/index.ts';

/** How a worker shows itself to operators. */
export interface WorkerCard {
  id: string;
  name: string;
  renderer: string;
  concurrency: number;
}

/** A worker says this often that it lives. */
const BEAT_MS = 10_000;

/** Enters the worker into the list and keeps its entry fresh; `stop` takes it out. Entries of the dead go after a day. */
export async function showPresence(
  database: Database,
  card: WorkerCard,
  hooks: { rendering: () => number; onError: (error: unknown) => void },
): Promise<{ stop: () => Promise<void> }> {
  const beat = (): Promise<unknown> =>
    database.asWorker(async (tx) => {
      await tx.execute(sql`
        INSERT INTO rd_meta.workers (id, name, host, pid, renderer, concurrency, rendering)
        VALUES (${card.id}, ${card.name}, ${os.hostname()}, ${process.pid}, ${card.renderer}, ${card.concurrency}, ${hooks.rendering()})
        ON CONFLICT (id) DO UPDATE SET rendering = excluded.rendering, seen_at = now()`);
      await tx.execute(sql`DELETE FROM rd_meta.workers WHERE seen_at < now() - interval '1 day'`);
    });
  await beat();
  const timer = setInterval(() => void beat().catch(hooks.onError), BEAT_MS);
  return {
    stop: async () => {
      clearInterval(timer);
      await database.asWorker((tx) => tx.execute(sql`DELETE FROM rd_meta.workers WHERE id = ${card.id}`));
    },
  };
}
