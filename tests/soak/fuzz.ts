import { startPipeline, type RunningPipeline } from '../helpers/pipeline.ts';
import { operationsOf, type Operation } from './fuzz/api.ts';
import { openCallers, refresh, renew, type Caller } from './fuzz/callers.ts';
import { createJudge, type Judge } from './fuzz/judge.ts';
import { recipeFor, type Recipe } from './fuzz/recipes.ts';
import { asCurl, requestFor, type FuzzRequest } from './fuzz/request.ts';
import { Wall } from './fuzz/wall.ts';
import { seeded, type Random } from './random.ts';
import { SoakCount, type SoakSuite } from './suite.ts';

/**
 * Every operation of the OpenAPI document, called with valid, edge and hostile input by six users of two tenants and by
 * nobody: no 5xx, no status, media type or body that the document does not describe, nothing of the other tenant.
 */
export const run: SoakSuite = async ({ rounds, seconds, seed }) => {
  const pipeline = await startPipeline({
    args: ['--seed', 'sample', '--workers', '1', '--no-sample-images'],
    env: { RENDERDESK_REQUESTS_PER_MINUTE: '10000000' },
  });
  const count = new SoakCount();
  try {
    const shooting = { rounds: rounds * 100, until: performance.now() + seconds * 1000, seed, count };
    const wall = new Wall();
    const callers = await openCallers(pipeline, wall);
    const document: unknown = await (await fetch(`${pipeline.origin}/api/openapi.json`)).json();
    const secret = (await pipeline.localSecret()) ?? '';
    const tally = new Tally(operationsOf(document));
    const judge = createJudge(document);
    await shoot({ pipeline, callers, wall, judge, tally, secret, random: seeded(seed) }, shooting);
    tally.report(count, Number.isFinite(seconds));
    const health = await fetch(`${pipeline.origin}/api/health`);
    count.check(health.ok ? null : `the pipeline is not healthy afterwards: ${health.status}`);
  } finally {
    await pipeline.stop();
  }
  return count.result();
};

interface Range {
  readonly pipeline: RunningPipeline;
  readonly callers: readonly Caller[];
  readonly wall: Wall;
  readonly judge: Judge;
  readonly tally: Tally;
  readonly secret: string;
  readonly random: Random;
}

interface Shooting {
  readonly rounds: number;
  readonly until: number;
  readonly seed: number;
  readonly count: SoakCount;
}

/** Answers by operation and status. */
class Tally {
  readonly operations: readonly Operation[];
  readonly #statuses = new Map<Operation, Map<number, number>>();
  readonly #succeeded = new Set<Operation>();

  constructor(operations: readonly Operation[]) {
    this.operations = operations;
  }

  /** A dry run that succeeds shows nothing of the change itself. */
  add(operation: Operation, status: number, isDryRun: boolean): void {
    if (status < 300 && !isDryRun) this.#succeeded.add(operation);
    const statuses = this.#statuses.get(operation) ?? new Map<number, number>();
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    this.#statuses.set(operation, statuses);
  }

  hasSucceeded(operation: Operation): boolean {
    return this.#succeeded.has(operation);
  }

  /** In a full run an operation that never succeeded was never really tried. */
  report(count: SoakCount, isSample: boolean): void {
    for (const operation of this.operations) {
      const statuses = [...(this.#statuses.get(operation) ?? [])].sort(([a], [b]) => a - b);
      const name = `${operation.method} ${operation.path}`;
      if (!isSample) count.note(`${name}: ${statuses.map(([status, times]) => `${status} x ${times}`).join(', ')}`);
      if (!isSample) count.check(this.hasSucceeded(operation) ? null : `${name} never succeeded`);
    }
    const total = new Map<number, number>();
    for (const statuses of this.#statuses.values()) {
      for (const [status, times] of statuses) total.set(status, (total.get(status) ?? 0) + times);
    }
    const answers = [...total].sort(([a], [b]) => a - b).map(([status, times]) => `${status} x ${times}`);
    count.note(`${this.#statuses.size} of ${this.operations.length} operations; answers: ${answers.join(', ')}`);
  }
}

/** Ends the session of whoever calls it: gets a token of its own. */
const endsSession = /\/auth\/(logout|password|set-password)/;
const REFRESH_EVERY = 400;

async function shoot(range: Range, { rounds, until, seed, count }: Shooting): Promise<void> {
  const { pipeline, callers, wall, tally, random } = range;
  for (let round = 0; round < rounds && performance.now() < until; round += 1) {
    if (round % REFRESH_EVERY === 0) for (const caller of callers) await refresh(pipeline, caller, wall);
    const operation = tally.operations[round % tally.operations.length];
    if (operation === undefined) throw new Error('the document describes no operation');
    const isNobody = random.chance(0.03);
    const shot = aim(range, operation);
    const { caller } = shot;
    if (endsSession.test(operation.path)) await renew(pipeline, caller);
    const problem = await fire(range, shot, isNobody);
    const where = `seed ${seed}, round ${round}, as ${isNobody ? 'nobody' : caller.email}`;
    const kind = problem && `${operation.method} ${operation.path} ${problem.status} ${problem.what.slice(0, 60)}`;
    count.check(
      problem &&
        `${problem.status} ${problem.what} (${where})\n  ${asCurl(shot.request, pipeline.origin)}${lastError(pipeline, problem.status)}`,
      kind,
    );
    if (endsSession.test(operation.path) || problem?.status === 401) await renew(pipeline, caller);
  }
}

/** Those who may act are called more often, for the others mostly hear 403. */
function pickCaller(callers: readonly Caller[], random: Random): Caller {
  const acting = callers.filter(({ role }) => role !== 'viewer');
  return random.pick(random.chance(0.85) ? acting : callers);
}

interface Shot {
  readonly operation: Operation;
  readonly caller: Caller;
  readonly recipe: Recipe | null;
  readonly request: FuzzRequest;
}

/**
 * Until an operation has succeeded once it is called as it should be, by an admin who has what it needs: what comes
 * later may use up the sign-in attempts, or the things, without which it cannot succeed any more.
 */
function aim(range: Range, operation: Operation): Shot {
  const { random, callers, tally } = range;
  if (!tally.hasSucceeded(operation)) {
    const admins = callers.filter(({ role }) => role === 'admin');
    const tries = admins.map((caller) => ({ caller, recipe: cook(range, operation, caller) }));
    const { caller, recipe } = tries.find((each) => each.recipe !== null) ?? random.pick(tries);
    return shotOf(random, { operation, caller, recipe, hostility: 0 });
  }
  const caller = pickCaller(callers, random);
  const hostility = random.pick([0, 0, 0.1, 0.5]);
  const recipe = hostility === 0 && random.chance(0.7) ? cook(range, operation, caller) : null;
  return shotOf(random, { operation, caller, recipe, hostility });
}

function cook({ random, secret }: Range, operation: Operation, { known, email }: Caller): Recipe | null {
  return recipeFor(operation, { random, known, secret, email });
}

function shotOf(random: Random, { hostility, ...shot }: Omit<Shot, 'request'> & { hostility: number }): Shot {
  const { operation, caller, recipe } = shot;
  return { ...shot, request: requestFor(operation, { random, known: caller.known.values, hostility }, recipe) };
}

/** Sends it and looks at the answer. Learns from what succeeded. */
async function fire(
  { pipeline, wall, judge, tally }: Range,
  { operation, caller, recipe, request }: Shot,
  isNobody: boolean,
): Promise<{ status: number; what: string } | null> {
  const { method, headers, body, path } = request;
  const init = { method, headers, ...(body === null ? {} : { body }) };
  const response = await (isNobody ? fetch(pipeline.origin + path, init) : pipeline.request(caller.token, path, init));
  const { status } = response;
  const text = await response.text();
  tally.add(operation, status, /[?&]dry_run=true/.test(path));
  if (status < 300 && recipe?.spends !== undefined) caller.known.forget(recipe.spends);
  const what = judge(operation, { status, contentType: response.headers.get('content-type') ?? '', text });
  if (what !== null) return { status, what };
  const isSignIn = operation.path.startsWith('/api/auth/');
  if (status === 401 && !isNobody && !isSignIn) return { status, what: `the session is gone: ${text}` };
  if (isNobody || isSignIn) return null;
  wall.noteRequest(caller.tenantId, JSON.stringify(request));
  const leak = wall.leakIn(caller.tenantId, text);
  if (leak !== null) return { status, what: `leaks ${leak} of the other tenant: ${text.slice(0, 200)}` };
  if (status < 300) learn(caller, operation, { request, text });
  return null;
}

/** What a change answered is a thing to name in later requests. */
function learn(
  { known }: Caller,
  operation: Operation,
  { request, text }: { request: FuzzRequest; text: string },
): void {
  if (operation.method === 'GET') return;
  const key = request.headers['idempotency-key'];
  if (key !== undefined) known.note('used_key', key);
  const [, kind = ''] = /\/([\w-]+)s(\/\{\w+\})?$/.exec(operation.path) ?? [];
  if (text.startsWith('{')) known.learn(kind.replace('-', '_'), JSON.parse(text) as unknown);
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
