import { sql } from 'drizzle-orm';
import { fromDrizzle, type PgBoss } from 'pg-boss';
import type { RenderQueue } from '../domain/context.ts';
import { QUEUES } from './boss.ts';
import { nextTurns, priorityOf } from './turns.ts';

/** Jobs are inserted and cancelled in parts, so that no statement and no wait of others grows with the order. */
const PART = 1000;
/** Priority of a sample image that somebody waits for; the others have 0. */
const WANTED = 10;

/** The queue as changes use it: a render's job has the render's id and is written in the change's own transaction. */
export function createRenderQueue(boss: PgBoss): RenderQueue {
  return {
    enqueue: async (tx, tenantId, renderIds) => {
      const turnOf = await nextTurns(tx);
      let place = 0;
      for (const ids of partsOf(renderIds)) {
        const jobs = ids.map((id) => {
          const priority = priorityOf(turnOf(place++));
          return { id, priority, data: { tenant_id: tenantId, render_id: id } };
        });
        await boss.insert(QUEUES.render, jobs, { db: fromDrizzle(tx, sql) });
      }
    },
    remove: async (tx, renderIds) => {
      for (const ids of partsOf(renderIds)) await boss.cancel(QUEUES.render, ids, { db: fromDrizzle(tx, sql) });
    },
    drawSampleSoon: async (renderId) => {
      await boss.update(QUEUES.seedImage, undefined, { id: renderId, priority: WANTED });
    },
  };
}

function partsOf(ids: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let start = 0; start < ids.length; start += PART) parts.push(ids.slice(start, start + PART));
  return parts;
}
