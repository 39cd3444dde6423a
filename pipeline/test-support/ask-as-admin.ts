import { Client, type QueryResultRow } from 'pg';
import type { Connections } from '../db/index.ts';

/**
 * Rows of a statement as the server's admin in person, past every wall: `provision` acts as the weaker `rd_admin`, which
 * sees one tenant and nobody else's sessions.
 */
export async function askAsAdmin<Row extends QueryResultRow>(
  { admin }: Connections,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  if (admin === null) throw new Error('This database was opened without its admin.');
  const client = new Client(admin);
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
