import type { LoginAnswer, QueryAnswer } from '../../shared/domain/index.ts';
import { startPipeline, type RunningPipeline } from '../helpers/pipeline.ts';
import { hostileQueries, type HostileQuery } from './sql/hostile.ts';
import { ordinaryQueries } from './sql/ordinary.ts';
import { SoakCount, type SoakSuite } from './suite.ts';

/** No query may hold an answer back for longer than this. */
const patienceSeconds = 20;
const slowAims = new Set(['endless series', 'endless recursion', 'cross join', 'all the memory']);

/** The committed corpus of ordinary and hostile SQL, as two tenants, against a real pipeline. */
export const run: SoakSuite = async ({ rounds, seconds, log }) => {
  const until = performance.now() + seconds * 1000;
  const pipeline = await startPipeline();
  const count = new SoakCount();
  try {
    const users = await pipeline.sampleUsers();
    const [one, other] = twoTenants(users);
    const before = await fingerprint(pipeline, other);
    const repeats = Number.isFinite(seconds) ? 1 : Math.max(1, Math.round(rounds / 100));
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      for (const sql of ordinaryQueries) count.check(await tryOrdinary(pipeline, one, sql));
      for (const query of hostileQueries) {
        if (performance.now() > until) break;
        if (Number.isFinite(seconds) && slowAims.has(query.aim)) continue;
        const problem = await tryHostile(pipeline, one, other, query);
        if (problem !== null) log(problem);
        count.check(problem);
      }
    }
    const after = await fingerprint(pipeline, other);
    count.check(before === after ? null : `the other tenant's data changed: ${before} became ${after}`);
    count.check(await tryOrdinary(pipeline, one, 'SELECT count(*) FROM orders'));
  } finally {
    await pipeline.stop();
  }
  return count.result();
};

function twoTenants(users: readonly LoginAnswer[]): [LoginAnswer, LoginAnswer] {
  const [one] = users;
  const other = users.find(({ tenant }) => tenant.id !== one?.tenant.id);
  if (one === undefined || other === undefined) throw new Error('the sample has no two tenants');
  return [one, other];
}

async function query(
  pipeline: RunningPipeline,
  user: LoginAnswer,
  sql: string,
): Promise<{ status: number; text: string }> {
  const response = await pipeline.request(user.token, '/api/query', {
    method: 'POST',
    body: JSON.stringify({ sql }),
    signal: AbortSignal.timeout(patienceSeconds * 1000),
  });
  return { status: response.status, text: await response.text() };
}

async function tryOrdinary(pipeline: RunningPipeline, user: LoginAnswer, sql: string): Promise<string | null> {
  const { status, text } = await query(pipeline, user, sql);
  return status === 200 ? null : `ordinary query refused (${status} ${text.slice(0, 200)}): ${sql}`;
}

/** Refused with a problem, or, where the query is legal, answered from the tenant's own rows only. */
async function tryHostile(
  pipeline: RunningPipeline,
  one: LoginAnswer,
  other: LoginAnswer,
  { aim, sql, own }: HostileQuery,
): Promise<string | null> {
  try {
    const { status, text } = await query(pipeline, one, sql.replaceAll('{other}', other.tenant.id));
    if (status >= 500) return `${aim}: answered ${status} ${text.slice(0, 200)}`;
    if (text.includes(other.user.name) || text.includes(other.user.email)) return `${aim}: shows the other tenant`;
    if (status >= 400) return null;
    return own === true ? null : `${aim}: answered ${text.slice(0, 200)}`;
  } catch (error) {
    return `${aim}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** What a tenant's data come to; any write or leak of a write shows here. */
async function fingerprint(pipeline: RunningPipeline, user: LoginAnswer): Promise<string> {
  const sql = `SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM products), (SELECT count(*) FROM materials),
    (SELECT count(*) FROM output_types), (SELECT count(*) FROM material_mappings)`;
  const { status, text } = await query(pipeline, user, sql);
  if (status !== 200) throw new Error(`the fingerprint query answered ${status}: ${text}`);
  return JSON.stringify((JSON.parse(text) as QueryAnswer).rows);
}
