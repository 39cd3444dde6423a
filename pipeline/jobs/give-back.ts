import { Client } from 'pg';
import { JOB_SCHEMA, type Connection } from '../db/index.ts';
import { QUEUES } from './boss.ts';

/**
 * Gives back the jobs that a dead process held, so that they go on at once instead of after their heartbeat ran out.
 * Only for the owner of the data directory, who knows that no other worker lives. Returns how many there were.
 */
export async function giveBackOrphans(connection: Connection): Promise<number> {
  const client = new Client(connection);
  await client.connect();
  try {
    // `started_on` stays: the next claim then counts as another attempt at the same job.
    const answer = await client.query(
      `UPDATE ${JOB_SCHEMA}.job SET state = 'retry', start_after = now() WHERE state = 'active' AND name = ANY($1)`,
      [Object.values(QUEUES)],
    );
    return answer.rowCount ?? 0;
  } finally {
    await client.end();
  }
}
