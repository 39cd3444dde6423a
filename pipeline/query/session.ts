import { connect } from 'node:net';
import type { PoolClient, QueryArrayConfig, QueryArrayResult } from 'pg';
import { performance } from 'node:perf_hooks';
import type { QueryAnswer } from '../../shared/domain/index.ts';
import type { Connection } from '../db/index.ts';
import { QUERY_TYPES, typeName } from './values.ts';

/** Bounds of one query. The time limit is the server's own (5 s on the role); ours from outside is the backstop. */
export const LIMITS = { rows: 1000, bytes: 1_000_000, timeoutMs: 5_500, chunk: 100 } as const;

/**
 * Runs a checked SELECT on a connection of the tenant's query role: a read-only transaction begun with a harmless
 * query (after which nothing can make it writable), the extended protocol (one statement only), a cursor read in
 * chunks up to the limits. Leaves the connection as new; when it throws, the connection is to be thrown away.
 */
export async function runSelect(client: PoolClient, connection: Connection, sql: string): Promise<QueryAnswer> {
  const started = performance.now();
  const timer = setTimeout(() => {
    cancelFromOutside(client, connection);
  }, LIMITS.timeoutMs);
  try {
    await client.query('BEGIN READ ONLY');
    await client.query('SELECT 1');
    await extended(client, `DECLARE answer NO SCROLL CURSOR FOR ${sql}`);
    const answer = await fetchAll(client);
    await client.query('ROLLBACK');
    await client.query('DISCARD ALL');
    return { ...answer, duration_ms: Math.round(performance.now() - started) };
  } finally {
    clearTimeout(timer);
  }
}

async function fetchAll(client: PoolClient): Promise<Omit<QueryAnswer, 'duration_ms'>> {
  const rows: unknown[][] = [];
  let bytes = 0;
  for (;;) {
    const part = await extended(client, `FETCH ${LIMITS.chunk} FROM answer`);
    const columns = part.fields.map((field) => ({ name: field.name, type: typeName(field.dataTypeID) }));
    for (const row of part.rows) {
      bytes += Buffer.byteLength(JSON.stringify(row));
      if (rows.length >= LIMITS.rows || bytes > LIMITS.bytes) {
        return { columns, rows, row_count: rows.length, truncated: true };
      }
      rows.push(row);
    }
    if (part.rows.length < LIMITS.chunk) return { columns, rows, row_count: rows.length, truncated: false };
  }
}

async function extended(client: PoolClient, text: string): Promise<QueryArrayResult<unknown[]>> {
  // queryMode is newer than the driver's published types: it keeps the server from taking a second statement.
  const config: QueryArrayConfig & { queryMode: 'extended' } = {
    text,
    values: [],
    rowMode: 'array',
    types: QUERY_TYPES,
    queryMode: 'extended',
  };
  return await client.query<unknown[]>(config);
}

/** PostgreSQL's cancel request on a connection of its own: works however busy the query's own connection is. */
function cancelFromOutside(client: PoolClient, connection: Connection): void {
  const { processID, secretKey } = client as PoolClient & { processID: number; secretKey: number };
  const packet = Buffer.alloc(16);
  packet.writeInt32BE(16, 0);
  packet.writeInt32BE(80_877_102, 4);
  packet.writeInt32BE(processID, 8);
  packet.writeInt32BE(secretKey, 12);
  const socket = connection.host.startsWith('/')
    ? connect({ path: `${connection.host}/.s.PGSQL.${connection.port}` })
    : connect({ host: connection.host, port: connection.port });
  // The server answers nothing; if it cannot be reached, the query's own connection fails as well.
  socket.on('error', () => socket.destroy());
  socket.end(packet);
}
