import { Pool } from 'pg';
import type { Connection } from './connections.ts';

/** A pool of connections as one role; an idle connection that breaks is reported, the pool makes another. */
export function openPool(
  connection: Connection,
  limits: { max: number; idleTimeoutMillis: number },
  onError: (error: Error) => void,
): Pool {
  const pool = new Pool({ ...connection, ...limits });
  pool.on('error', onError);
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
