import { sql } from 'drizzle-orm';
import type { RenderWorker } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';

interface WorkerRow extends Record<string, unknown> {
  id: string;
  name: string;
  renderer: string;
  concurrency: number;
  rendering: number;
  started_at: string;
  seen_at: string;
  alive: boolean;
}

/** Most workers that a list shows; installations have some dozens. */
const MOST = 500;

/** The render workers that were heard of within a day, the longest running first. They belong to no tenant. */
export async function listWorkers(tx: Tx): Promise<RenderWorker[]> {
  const answer = await tx.execute<WorkerRow>(sql`
    SELECT id, name, renderer, concurrency, rendering, seen_at > now() - interval '30 seconds' AS alive,
      started_at, seen_at FROM rd_meta.workers ORDER BY started_at, id LIMIT ${MOST}`);
  return answer.rows.map((row) => ({
    ...row,
    started_at: new Date(row.started_at).toISOString(),
    seen_at: new Date(row.seen_at).toISOString(),
  }));
}
