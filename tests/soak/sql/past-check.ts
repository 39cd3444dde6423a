import { Client, DatabaseError } from 'pg';
import { queryConnection } from '../../../pipeline/db/index.ts';
import { runSelect, StoppedError } from '../../../pipeline/query/session.ts';
import type { Target } from './target.ts';

const begun = /^\s*(select|with|values|table|\()/i;

/**
 * The query as if there were no check: straight in a session of the tenant's own role, in the transaction and the cursor
 * of every query. What is no SELECT would not even fit behind the cursor's name, so it goes as it is into that transaction.
 * Returns what the database answered.
 */
export async function runPastCheck({ connections, one }: Target, sql: string): Promise<string> {
  const connection = queryConnection(connections, one.tenant.id);
  const client = new Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  const { processID } = client as Client & { processID: number };
  await connections.limitQuerySession?.(processID);
  try {
    if (begun.test(sql)) {
      const session = { tenantId: one.tenant.id, client, connection };
      return JSON.stringify(
        await runSelect(session, sql, { signal: new AbortController().signal, since: performance.now() }),
      );
    }
    await client.query('BEGIN READ ONLY');
    await client.query('SELECT 1');
    const statement = { text: sql, values: [], queryMode: 'extended' as const };
    const answer = await client.query<Record<string, unknown>>(statement);
    await client.query('COMMIT');
    return JSON.stringify(answer.rows);
  } catch (error) {
    if (error instanceof DatabaseError)
      return `${error.code} ${error.message} ${error.detail ?? ''} ${error.hint ?? ''}`;
    if (error instanceof StoppedError) return error.message;
    return `connection: ${error instanceof Error ? error.message : String(error)}`;
  } finally {
    client.connection.stream.destroy();
  }
}
