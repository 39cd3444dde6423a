import type { FastifyReply, FastifyRequest } from 'fastify';
import type { DryRun, Effect } from '../../shared/domain/index.ts';
import { failure, FailureError, unwrap } from '../../shared/errors/index.ts';
import type { Bearer } from '../domain/accounts/index.ts';
import { recordAudit } from '../domain/audit/index.ts';
import { holdRunningCall } from '../domain/chat/index.ts';
import type { ChangeContext } from '../domain/context.ts';
import type { Plan, RowsRequest } from '../domain/plan.ts';
import { auditRefusal, noteDone } from './audited.ts';
import { hashRequest, readKey, storeAnswer, takeKey } from './idempotency.ts';
import { actorOf, type Route } from './route.ts';
import type { Services } from './services.ts';

type ReadRoute = Extract<Route, { kind: 'read' }>;
type ChangingRoute = Extract<Route, { kind: 'change' | 'planned' }>;

/** A request whose bearer is checked. */
export interface Call {
  request: FastifyRequest;
  reply: FastifyReply;
  bearer: Bearer;
  services: Services;
}

/** Query parameters of every planned change. */
interface Guards {
  dry_run?: boolean | undefined;
  snapshot?: string | undefined;
  rows?: RowsRequest['only'] | undefined;
  rows_limit: number;
  rows_cursor?: string | undefined;
}

/** Answers a read: one transaction that sees the caller's tenant. */
export async function carryOutRead(route: ReadRoute, { request, bearer, services }: Call): Promise<unknown> {
  const actor = actorOf(bearer, originOf(request));
  return await services.database.withTenant(actor.tenantId, async (tx) =>
    unwrap(await route.run({ tx, actor }, inputOf(request))),
  );
}

/**
 * Makes a change once: key taken, change made and answer stored in one transaction, which any failure rolls back. A
 * dry run works the plan out and makes nothing, so it needs no key.
 */
export async function carryOutChange(route: ChangingRoute, call: Call): Promise<unknown> {
  const { request, reply, bearer, services } = call;
  const actor = actorOf(bearer, originOf(request));
  const guards = request.query as Guards;
  if (route.kind === 'planned' && guards.dry_run === true) return await dryRun(route, call);
  const key = unwrap(readKey(request.headers['idempotency-key']));
  const hash = hashRequest(request.method, request.url, request.body);
  try {
    const answered = await services.database.withTenant(actor.tenantId, async (tx) => {
      const before = unwrap(await takeKey(tx, actor, { key, hash }));
      if (before !== null) {
        void reply.code(before.status);
        return before.answer;
      }
      const context: ChangeContext = { tx, actor, queue: services.queue, lock: true };
      unwrap(await holdRunningCall(context));
      const { answer, effect } = await execute(route, context, request);
      if (route.audited !== false) await recordAudit(context, noteDone({ route, request, key, answer, effect }));
      const kept = route.kept === undefined ? answer : route.kept(answer);
      await storeAnswer(tx, actor, { key, hash, status: route.status, answer: kept });
      void reply.code(route.status);
      return answer;
    });
    route.settled?.(services, inputOf(request));
    return answered;
  } catch (error) {
    if (error instanceof FailureError) await auditRefusal({ route, request, key, services, actor }, error.failure);
    throw error;
  }
}

async function execute(
  route: ChangingRoute,
  context: ChangeContext,
  request: FastifyRequest,
): Promise<{ answer: unknown; effect: Effect | null }> {
  if (route.kind === 'change') return { answer: unwrap(await route.run(context, inputOf(request))), effect: null };
  const plan = unwrap(await route.run(context, inputOf(request)));
  const { snapshot } = request.query as Guards;
  if (snapshot !== undefined && snapshot !== plan.snapshot) throw moved(plan);
  return { answer: await plan.execute(), effect: plan.effect };
}

async function dryRun(
  route: Extract<Route, { kind: 'planned' }>,
  { request, bearer, services }: Call,
): Promise<DryRun> {
  const actor = actorOf(bearer, originOf(request));
  return await services.database.withTenant(actor.tenantId, async (tx) => {
    const context: ChangeContext = { tx, actor, queue: services.queue, lock: false };
    const plan = unwrap(await route.run(context, inputOf(request)));
    const { effect, snapshot } = plan;
    const { rows: only, rows_limit: limit, rows_cursor: cursor } = request.query as Guards;
    if (only === undefined || plan.rows === undefined) return { effect, snapshot };
    return { effect, snapshot, rows: unwrap(await plan.rows({ only, limit, cursor })) };
  });
}

function moved({ effect, snapshot }: Plan<unknown>): FailureError {
  return new FailureError(failure('snapshot_changed', undefined, { details: { effect, snapshot } }));
}

/** The parsed request, as the route's schemas left it. */
export function inputOf(request: FastifyRequest): { params: unknown; query: unknown; body: unknown } {
  return { params: request.params, query: request.query, body: request.body };
}

/** `click`, or `assistant; tool_call=<id>`; anything else counts as a click of a client that doesn't say. */
export function originOf(request: FastifyRequest): string {
  const header = request.headers['renderdesk-origin'];
  return typeof header === 'string' && /^assistant(; *tool_call=[\w-]{1,100})?$/.test(header) ? header : 'click';
}
