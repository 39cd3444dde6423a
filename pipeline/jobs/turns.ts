import { sql } from 'drizzle-orm';
import type { Tx } from '../db/index.ts';
import { QUEUES } from './boss.ts';

/** Turns stay below the largest priority a job can have. */
const LAST_TURN = 2_000_000_000;

/**
 * Whose render comes next. Jobs are taken in the order of their turns. An order's first render gets the turn that is
 * served now, its next ones follow in steps of the tenant's open orders: so orders that wait at the same time advance
 * side by side, a tenant with many orders gets no more than one with few, and 3 renders never wait for 10,000.
 * Returns the turn of the n-th render; ask in the transaction that enqueues, after the order's own state is written.
 */
export async function nextTurns(tx: Tx): Promise<(place: number) => number> {
  const answer = await tx.execute<{ now: number; step: number }>(sql`
    SELECT coalesce(rd.turn_served(${QUEUES.render}), 0) AS now,
           greatest(1, (SELECT count(*) FROM rd.orders WHERE status IN ('queued', 'running')))::integer AS step`);
  const { now, step } = answer.rows[0] ?? { now: 0, step: 1 };
  return (place) => Math.min(LAST_TURN, now + (place + 1) * step);
}

/** The queue takes the highest priority first: the lowest turn. */
export function priorityOf(turn: number): number {
  return -turn;
}
