import { Gauge, type Registry } from 'prom-client';
import type { Backlog, Database } from '../db/index.ts';

/** What the figures of the database are read from. */
export type Backend = Pick<Database, 'backlog' | 'pools'>;

const WAIT_MS = 2000;

/**
 * Gauges of the database: connections of this process, jobs by queue and state, and the outbox. A database that does not
 * answer in time shows as `renderdesk_database_up 0`, and its gauges are left out rather than repeated.
 */
export function backendGauges(
  database: Backend,
  registers: Registry[],
  onError: (error: unknown) => void,
): () => Promise<void> {
  const up = new Gauge({ name: 'renderdesk_database_up', help: '1 while the database answers', registers });
  const connections = new Gauge({
    name: 'renderdesk_database_connections',
    help: 'Connections of this process by pool and state; waiting counts who waits for one',
    labelNames: ['pool', 'state'],
    registers,
  });
  const jobs = new Gauge({
    name: 'renderdesk_queue_jobs',
    help: 'Jobs by queue and state, of all processes',
    labelNames: ['queue', 'state'],
    registers,
  });
  const outbox = new Gauge({ name: 'renderdesk_outbox_waiting', help: 'State changes not numbered yet', registers });
  const oldest = new Gauge({
    name: 'renderdesk_outbox_oldest_seconds',
    help: 'Age of the oldest state change not numbered yet',
    registers,
  });
  return async () => {
    for (const { pool, total, idle, waiting } of database.pools()) {
      connections.set({ pool, state: 'busy' }, total - idle);
      connections.set({ pool, state: 'idle' }, idle);
      connections.set({ pool, state: 'waiting' }, waiting);
    }
    for (const gauge of [jobs, outbox, oldest]) gauge.reset();
    const backlog = await inTime(database.backlog(), onError);
    up.set(backlog === null ? 0 : 1);
    if (backlog === null) {
      for (const gauge of [outbox, oldest]) gauge.remove();
      return;
    }
    for (const { queue, state, count } of backlog.jobs) jobs.set({ queue, state }, count);
    outbox.set(backlog.outbox.waiting);
    oldest.set(backlog.outbox.oldestSeconds);
  };
}

async function inTime(reading: Promise<Backlog>, onError: (error: unknown) => void): Promise<Backlog | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, WAIT_MS, null);
  });
  const read = reading.catch((error: unknown) => {
    onError(error);
    return null;
  });
  try {
    return await Promise.race([read, late]);
  } finally {
    clearTimeout(timer);
  }
}
