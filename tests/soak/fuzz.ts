import { startPipeline, type RunningPipeline } from '../helpers/pipeline.ts';
import { operationsOf, type Operation } from './fuzz/api.ts';
import { problemWith } from './fuzz/judge.ts';
import { Known } from './fuzz/known.ts';
import { requestFor } from './fuzz/request.ts';
import { seeded } from './random.ts';
import { SoakCount, type SoakSuite } from './suite.ts';

const lists: Record<string, string> = {
  product: '/api/products?limit=50',
  order: '/api/orders?limit=50',
  output_type: '/api/output-types',
  material: '/api/materials',
  category: '/api/categories',
  session: '/api/chat/sessions',
};

/** Valid, edge and hostile requests of every described operation, against a real pipeline: never a 5xx. */
export const run: SoakSuite = async ({ rounds, seconds, seed }) => {
  const pipeline = await startPipeline();
  const count = new SoakCount();
  try {
    await shoot(pipeline, { rounds: rounds * 20, until: performance.now() + seconds * 1000, seed, count });
    const health = await fetch(`${pipeline.origin}/api/health`);
    count.check(health.ok ? null : `the pipeline is not healthy afterwards: ${health.status}`);
  } finally {
    await pipeline.stop();
  }
  return count.result();
};

interface Shooting {
  readonly rounds: number;
  readonly until: number;
  readonly seed: number;
  readonly count: SoakCount;
}

async function shoot(pipeline: RunningPipeline, { rounds, until, seed, count }: Shooting): Promise<void> {
  const users = await pipeline.sampleUsers();
  const admin = users.find(({ user }) => user.role === 'admin');
  if (admin === undefined) throw new Error('the sample has no admin');
  const { token } = admin;
  const operations = operationsOf(await (await pipeline.request(token, '/api/openapi.json')).json());
  const known = new Known();
  await learn(pipeline, token, known);
  const random = seeded(seed);
  const statuses = new Map<number, number>();
  const tried = new Set<Operation>();
  for (let round = 0; round < rounds && performance.now() < until; round += 1) {
    if (round % 500 === 499) await learn(pipeline, token, known);
    const operation = random.pick(operations);
    const request = requestFor(operation, { random, known: known.values, hostility: random.pick([0, 0.1, 0.5]) });
    const { method, headers, body, path } = request;
    const response = await pipeline.request(token, path, { method, headers, ...(body === null ? {} : { body }) });
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
    tried.add(operation);
    const problem = await problemWith(request, response);
    const where = `seed ${seed}, round ${round}, body ${body?.slice(0, 200)}`;
    if (problem === null) count.check(null);
    else
      count.check(
        `${problem} (${where})${lastError(pipeline, response.status)}`,
        `${method} ${operation.path} ${response.status}`,
      );
  }
  count.note(`${tried.size} of ${operations.length} operations; answers: ${countsOf(statuses)}`);
}

/** What the pipeline logged about a 5xx, as far as it is there already. */
function lastError(pipeline: RunningPipeline, status: number): string {
  if (status < 500) return '';
  const lines = pipeline.program
    .output()
    .trim()
    .split('\n')
    .filter((line) => line.includes('"err"'));
  return `\n  its log: ${lines.at(-1)?.slice(0, 1500) ?? 'nothing'}`;
}

async function learn(pipeline: RunningPipeline, token: string, known: Known): Promise<void> {
  for (const [kind, path] of Object.entries(lists)) {
    const response = await pipeline.request(token, path);
    if (response.ok) known.learn(kind, await response.json());
    else await response.body?.cancel();
  }
}

function countsOf(statuses: Map<number, number>): string {
  return [...statuses]
    .sort(([a], [b]) => a - b)
    .map(([status, times]) => `${status} x ${times}`)
    .join(', ');
}
