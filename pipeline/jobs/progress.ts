import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PipelineEvent } from '../../shared/domain/index.ts';
import { parseJson } from '../../shared/json/index.ts';
import type { Database } from '../db/index.ts';

/** How far one render is. */
export type ProgressTick = Extract<PipelineEvent, { type: 'render.progress' }>;

/** Tells every API process how far renders are. Lossy: what comes too fast is merged, what is too much is left out. */
export interface ProgressTeller {
  tell(tenantId: string, tick: ProgressTick): void;
  stop(): void;
}

/** Ticks of a worker go out together, this often at most. */
const FLUSH_MS = 200;
/** A notification carries at most 8,000 bytes. */
const MOST_BYTES = 7900;

const wireSchema = z.array(z.tuple([z.uuid(), z.uuid(), z.uuid(), z.uuid(), z.number().min(0).max(1)]));
type WireTick = z.infer<typeof wireSchema>[number];

/** Sends ticks through PostgreSQL. While a batch is still on its way, ticks wait and the newest of each render counts. */
export function createProgressTeller(database: Database, onError: (error: unknown) => void): ProgressTeller {
  const waiting = new Map<string, WireTick>();
  let sending = false;
  const flush = (): void => {
    if (sending || waiting.size === 0) return;
    const payload = pack([...waiting.values()]);
    waiting.clear();
    sending = true;
    database
      .asWorker((tx) => tx.execute(sql`SELECT pg_notify('rd_progress', ${payload})`))
      .catch(onError)
      .finally(() => {
        sending = false;
      });
  };
  const timer = setInterval(flush, FLUSH_MS);
  return {
    tell: (tenantId, { order_id, line_id, render_id, progress }) => {
      const share = Math.round(progress * 1000) / 1000;
      waiting.set(render_id, [tenantId, order_id, line_id, render_id, share]);
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

/** As many ticks as one notification holds. */
function pack(ticks: readonly WireTick[]): string {
  const parts: string[] = [];
  let bytes = 2;
  for (const tick of ticks) {
    const text = JSON.stringify(tick);
    bytes += text.length + 1;
    if (bytes > MOST_BYTES) break;
    parts.push(text);
  }
  return `[${parts.join(',')}]`;
}

/** Reads a notification of progress; what is not one of ours gives nothing. */
export function readProgress(payload: string): { tenantId: string; tick: ProgressTick }[] {
  const parsed = wireSchema.safeParse(parseJson(payload));
  if (!parsed.success) return [];
  return parsed.data.map(([tenantId, order_id, line_id, render_id, progress]) => ({
    tenantId,
    tick: { type: 'render.progress', order_id, line_id, render_id, progress },
  }));
}
