import { Pool } from 'pg';
import type { Connection } from './connections.ts';

/** A server that does not take a connection within this time is not there. */
const CONNECT_MS = 5000;
/**
 * A pool of connections as one role; an idle connection that breaks is reported, the pool makes another. Statements go to
 * the server without waiting for the answers of those before them, so cursors and COPY cannot be used on it.
 */
export function openPool(
  connection: Connection,
  limits: { max: number; idleTimeoutMillis: number; query_timeout?: number },
  onError: (error: Error) => void,
): Pool {
  const pool = new Pool({
    ...connection,
    ...limits,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    pipeline: true,
  });
  pool.on('error', onError);
  // A connection that breaks while it is lent out tells its borrower through the statement; without a listener of its own
  // the event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * Ends a pool and waits until its sockets are closed. `Pool.end` alone answers earlier, and a server that stops right
 * after it would break connections that are still saying goodbye.
 */
export async function closePool(pool: Pool): Promise<void> {
  let open = pool.totalCount;
  const closed = new Promise<void>((resolve) => {
    if (open === 0) resolve();
    pool.on('remove', () => {
      open -= 1;
      if (open === 0) resolve();
    });
  });
  await pool.end();
  await closed;
}

/** Connections of a pool. */
export interface PoolUse {
  pool: string;
  total: number;
  idle: number;
  /** Who waits for one. */
  waiting: number;
}

/** How a pool is used now. */
export function poolUse(name: string, pool: Pool): PoolUse {
  return { pool: name, total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount };
}
