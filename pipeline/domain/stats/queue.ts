import { sql } from 'drizzle-orm';
import type { RenderStats } from '../../../shared/domain/index.ts';
import type { Tx } from '../../db/index.ts';
import { firstRender, type Span } from './period.ts';

const HOUR_MS = 3_600_000;

/** What waits and runs now. */
export async function readQueue(tx: Tx): Promise<RenderStats['queue']> {
  const answer = await tx.execute<{ length: number; running: number; oldest: string | null }>(sql`
    SELECT (SELECT count(*)::integer FROM rd.renders WHERE status = 'queued') AS length,
      (SELECT count(*)::integer FROM rd.renders WHERE status = 'running') AS running,
      (SELECT created_at::text FROM rd.renders WHERE status = 'queued' ORDER BY created_at LIMIT 1) AS oldest`);
  const [row] = answer.rows;
  if (row === undefined) throw new Error('The queue has no row.');
  const oldest = row.oldest === null ? null : new Date(row.oldest);
  return {
    length: row.length,
    running: row.running,
    oldest_queued_at: oldest?.toISOString() ?? null,
    oldest_waiting_s: oldest === null ? null : Math.max(0, Math.round((Date.now() - oldest.getTime()) / 1000)),
  };
}

/** Renders that ended within the span, and how many that is an hour, up to now. */
export async function readThroughput(
  tx: Tx,
  { since, until }: Span,
): Promise<Pick<RenderStats, 'finished' | 'throughput_per_hour'>> {
  const answer = await tx.execute<{ finished: number }>(sql`
    SELECT count(*)::integer AS finished FROM rd.renders
    WHERE finished_at < ${until.toISOString()}::timestamptz AND status IN ('done', 'failed')
      ${since === null ? sql`` : sql`AND finished_at >= ${since.toISOString()}::timestamptz`}`);
  const finished = answer.rows[0]?.finished ?? 0;
  const start = since ?? (await firstRender(tx));
  const hours = start === null ? 0 : (Math.min(until.getTime(), Date.now()) - start.getTime()) / HOUR_MS;
  return { finished, throughput_per_hour: hours > 0 ? Math.round((finished / hours) * 100) / 100 : 0 };
}
