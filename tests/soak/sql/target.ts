import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { queryConnection, type Connections } from '../../../pipeline/db/index.ts';
import type { LoginAnswer, QueryAnswer } from '../../../shared/domain/index.ts';
import { startPipeline, type RunningPipeline } from '../../helpers/pipeline.ts';

/** No query may hold an answer back for longer than this. */
const PATIENCE_MS = 20_000;
const BUSY_TRIES = 5;

/** A pipeline with two tenants, and the admin's own way into its database to see what a query did. */
export interface Target {
  /** `PostgreSQL 18.4 (embedded)` */
  readonly name: string;
  readonly pipeline: RunningPipeline;
  readonly connections: Connections;
  readonly admin: Client;
  /** Who asks, and who must not be seen. */
  readonly one: LoginAnswer;
  readonly other: LoginAnswer;
  stop(): Promise<void>;
}

/** Starts a pipeline on the server of the environment, or embedded. Nothing but what is asked of it happens in it. */
export async function startTarget(where: string): Promise<Target> {
  const pipeline = await startPipeline({
    args: ['--seed', 'sample', '--workers', '0'],
    env: { RENDERDESK_SAMPLE_IMAGES: 'off' },
  });
  try {
    const users = await pipeline.sampleUsers();
    const [one] = users;
    const other = users.find(({ tenant }) => tenant.id !== one?.tenant.id);
    if (one === undefined || other === undefined) throw new Error('the sample has no two tenants');
    const connections = await pipeline.connections();
    const admin = new Client(connections.admin);
    await admin.connect();
    const { rows } = await admin.query<{ v: string }>(
      "SELECT split_part(current_setting('server_version'), ' ', 1) AS v",
    );
    return {
      name: `PostgreSQL ${rows[0]?.v} (${where})`,
      pipeline,
      connections,
      admin,
      one,
      other,
      stop: async () => {
        await admin.end();
        await pipeline.stop();
      },
    };
  } catch (error) {
    await pipeline.stop();
    throw error;
  }
}

/**
 * One query through the API. Where a query before it doesn't listen to its cancellation yet, the tenant's places are taken
 * and it is told to come again: it does, and the time counts from then.
 */
export async function ask(
  { pipeline }: Target,
  user: LoginAnswer,
  sql: string,
): Promise<{ status: number; text: string; ms: number }> {
  for (let tries = 0; ; tries += 1) {
    const started = performance.now();
    const response = await pipeline.request(user.token, '/api/query', {
      method: 'POST',
      body: JSON.stringify({ sql }),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await response.text();
    if (response.status !== 429 || tries === BUSY_TRIES)
      return { status: response.status, text, ms: performance.now() - started };
    await wait(Number(response.headers.get('retry-after') ?? 1) * 1000);
  }
}

/** Sessions that the asking tenant's role may have: each query past the check begins one before the last has left. */
export async function allowSessions({ admin, connections, one }: Target, sessions: number): Promise<void> {
  await admin.query(`ALTER ROLE ${queryConnection(connections, one.tenant.id).user} CONNECTION LIMIT ${sessions}`);
}

export function rowsOf(text: string): unknown[][] {
  return (JSON.parse(text) as QueryAnswer).rows;
}

/** The query with what it means put in: the other tenant's id, and the same as it stands in a role's name. */
export function aimed({ connections, other }: Target, sql: string): string {
  const { user } = queryConnection(connections, other.tenant.id);
  return sql.replaceAll('{other}', other.tenant.id).replaceAll('{role}', user.slice(-32));
}
