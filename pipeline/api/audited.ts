import type { FastifyRequest } from 'fastify';
import type { Effect } from '../../shared/domain/index.ts';
import { statusOf, type ErrorCode, type Failure } from '../../shared/errors/index.ts';
import { recordAudit, type AuditNote } from '../domain/audit/index.ts';
import type { Actor } from '../domain/context.ts';
import type { Route } from './route.ts';
import type { Services } from './services.ts';

/** A changing request as the audit sees it. */
interface Audited {
  route: Route;
  request: FastifyRequest;
  key: string | null;
}

/** What is written down of a change that is being made. */
export function noteDone({
  route,
  request,
  key,
  answer,
  effect,
}: Audited & { answer: unknown; effect: Effect | null }): AuditNote {
  const target = orderOf(answer) === null ? (nameIn(answer) ?? targetOf(request)) : null;
  return {
    action: actionOf(route),
    order: orderOf(answer),
    target,
    summary: effect?.summary ?? sentence(route, target),
    outcome: 'done',
    status: 'status' in route ? route.status : 200,
    idempotencyKey: key,
  };
}

/** What a repeated or unfinished request is told says nothing of a new attempt. */
const NOT_AN_ATTEMPT: readonly ErrorCode[] = ['in_flight', 'key_reused'];

/**
 * Writes down that a change was refused. The change's own transaction is gone, so this is another one; where even that
 * fails the log says so and the caller still gets the refusal.
 */
export async function auditRefusal(
  { route, request, key, services, actor }: Audited & { services: Services; actor: Actor },
  { code, message }: Failure,
): Promise<void> {
  if (route.audited === false || NOT_AN_ATTEMPT.includes(code)) return;
  const isOrder = route.path.startsWith('/orders/:ref');
  const target = targetOf(request);
  const note: AuditNote = {
    action: actionOf(route),
    order: isOrder ? target : null,
    target,
    summary: `${route.summary}: ${message}`,
    outcome: 'refused',
    status: statusOf(code),
    code,
    idempotencyKey: key,
  };
  try {
    await services.database.withTenant(actor.tenantId, (tx) => recordAudit({ tx, actor }, note));
  } catch (error) {
    services.log.error({ err: error }, 'a refusal could not be audited');
  }
}

/** `POST /orders/{ref}/cancel`, as the OpenAPI document names it below `/api`. */
export function actionOf({ method, path }: Pick<Route, 'method' | 'path'>): string {
  return `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
}

function sentence(route: Route, target: string | null): string {
  return target === null ? route.summary : `${route.summary}: ${target}`;
}

function orderOf(answer: unknown): string | null {
  return textField(answer, 'number') ?? textField(field(answer, 'order'), 'number');
}

/** Fields that name a thing to a person, the plainest first. No other field of a request is ever copied. */
const NAMES = ['email', 'pim_id', 'cad_material', 'name'] as const;

function nameIn(value: unknown): string | null {
  for (const name of NAMES) {
    const text = textField(value, name);
    if (text !== null) return text;
  }
  return null;
}

/** What the request names: a parameter of its path, else a name in its body. */
function targetOf(request: FastifyRequest): string | null {
  const { params } = request;
  const [first] = params !== null && typeof params === 'object' ? Object.values(params) : [];
  return typeof first === 'string' ? first : nameIn(request.body);
}

function textField(value: unknown, name: string): string | null {
  const found = field(value, name);
  return typeof found === 'string' ? found : null;
}

function field(value: unknown, name: string): unknown {
  if (value === null || typeof value !== 'object') return undefined;
  return Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
