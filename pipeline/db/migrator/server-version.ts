import type { Client } from 'pg';
import { refuse } from './refuse.ts';

/** The oldest PostgreSQL that this works on: parameters' privileges and `public` closed by default came with it. */
const OLDEST = 15;

/** Major version of the server; refuses one that is too old. */
export async function checkServerVersion(client: Client): Promise<number> {
  const { rows } = await client.query<{ n: string; v: string }>(
    `SELECT current_setting('server_version_num') AS n, current_setting('server_version') AS v`,
  );
  const major = Math.floor(Number(rows[0]?.n) / 10_000);
  if (major >= OLDEST) return major;
  throw refuse(
    `The server is PostgreSQL ${rows[0]?.v}; Renderdesk needs ${OLDEST} or later. Upgrade it or use another.`,
  );
}
