import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ErrorCode, Result } from '../../shared/errors/index.ts';
import type { Bearer } from '../domain/accounts/index.ts';
import type { Actor, ChangeContext, Context } from '../domain/context.ts';
import type { Plan } from '../domain/plan.ts';
import type { Services } from './services.ts';

/** Who may call a route: anybody, anybody signed in, or a role and those above it. */
export type Access = 'public' | 'viewer' | 'operator' | 'admin';
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Schemas of a request; what is left out is not read. */
export interface RequestSchemas {
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** A request after its schemas. */
export interface Input<S extends RequestSchemas> {
  params: Parsed<S['params']>;
  query: Parsed<S['query']>;
  body: Parsed<S['body']>;
}
type AnyInput = { params: unknown; query: unknown; body: unknown };

interface Extras {
  /** Codes that this route answers beside those that every route of its kind does; its OpenAPI description names them. */
  fails?: readonly ErrorCode[];
  /** Largest body in bytes, where it is not the usual one. */
  bodyLimit?: number;
  /** Its answer has a tag: it takes If-None-Match and Range. */
  conditional?: true;
  /** Media types it answers beside JSON problems, where that is not JSON alone. */
  produces?: readonly string[];
  /** false: not a thing anybody did, such as the desk's own record keeping. Every other change is audited. */
  audited?: false;
  /** Takes its body as a file: JSON as its schema says, or CSV; the handler gets it unread. */
  uploads?: true;
  /** The answer as it is kept for a repeated key, where it must not be kept as it is: a secret is told once. */
  kept?: (answer: unknown) => unknown;
  /** Called once the change is committed, for what this process must know at once. */
  settled?: (services: Services, input: AnyInput) => void;
}

interface Described extends Extras {
  method: Method;
  /** Below `/api`, parameters as `:name`. */
  path: string;
  summary: string;
  access: Access;
  schemas: RequestSchemas;
}

/** What an answer looks like and its status where all is well. */
interface Answered {
  answer: z.ZodType;
  status: 200 | 201;
}

/** What a route that is no plain read or change works with. */
export interface RawContext {
  request: FastifyRequest;
  reply: FastifyReply;
  services: Services;
  /** null only where the access is public. */
  bearer: Bearer | null;
  signal: AbortSignal;
}

/** A route, by how it is carried out. */
export type Route = Described &
  (
    | ({ kind: 'read'; run: (context: Context, input: AnyInput) => Promise<Result<unknown>> } & Answered)
    | ({ kind: 'change'; run: (context: ChangeContext, input: AnyInput) => Promise<Result<unknown>> } & Answered)
    | ({ kind: 'planned'; run: (context: ChangeContext, input: AnyInput) => Promise<Result<Plan<unknown>>> } & Answered)
    | { kind: 'raw'; answer: z.ZodType | null; run: (context: RawContext, input: AnyInput) => Promise<unknown> }
    | { kind: 'socket' }
  );

interface Spec<S extends RequestSchemas, A extends z.ZodType, C, R> extends Extras {
  method: Method;
  path: string;
  summary: string;
  access?: Access;
  schemas?: S;
  answer: A;
  status?: 200 | 201;
  run: (context: C, input: Input<S>) => Promise<Result<R>>;
}

/** A route that only reads, in one transaction of the caller's tenant. Open to every role unless said otherwise. */
export function readRoute<S extends RequestSchemas, A extends z.ZodType>(spec: Spec<S, A, Context, z.input<A>>): Route {
  return { kind: 'read', ...describe(spec, 'viewer'), ...answered(spec), run: erase(spec.run) };
}

/** A route that changes something, once per idempotency key, in one transaction. Operators and admins unless said otherwise. */
export function changeRoute<S extends RequestSchemas, A extends z.ZodType>(
  spec: Spec<S, A, ChangeContext, z.input<A>>,
): Route {
  return { kind: 'change', ...describe(spec, 'operator'), ...answered(spec), run: erase(spec.run) };
}

/** A change that is worked out first: it takes `?dry_run=true` and `?snapshot=`. */
export function plannedRoute<S extends RequestSchemas, A extends z.ZodType>(
  spec: Spec<S, A, ChangeContext, Plan<z.input<A>>>,
): Route {
  return { kind: 'planned', ...describe(spec, 'operator'), ...answered(spec), run: erase(spec.run) };
}

/** A route that answers by itself: a file, a sign-in, work outside one transaction. */
export function rawRoute<S extends RequestSchemas>(
  spec: Extras & {
    method: Method;
    path: string;
    summary: string;
    access?: Access;
    schemas?: S;
    /** null: not JSON. */
    answer: z.ZodType | null;
    run: (context: RawContext, input: Input<S>) => Promise<unknown>;
  },
): Route {
  return { kind: 'raw', ...describe(spec, 'viewer'), answer: spec.answer, run: erase(spec.run) };
}

function describe<S extends RequestSchemas>(
  spec: Extras & { method: Method; path: string; summary: string; access?: Access; schemas?: S },
  access: Access,
): Described {
  const { method, path, summary, fails = [], bodyLimit, produces, conditional, audited, uploads, kept, settled } = spec;
  return {
    method,
    path,
    summary,
    access: spec.access ?? access,
    schemas: spec.schemas ?? {},
    fails,
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    ...(produces === undefined ? {} : { produces }),
    ...(conditional === undefined ? {} : { conditional }),
    ...(audited === undefined ? {} : { audited }),
    ...(uploads === undefined ? {} : { uploads }),
    ...(kept === undefined ? {} : { kept }),
    ...(settled === undefined ? {} : { settled }),
  };
}

function answered(spec: { answer: z.ZodType; status?: 200 | 201 }): Answered {
  return { answer: spec.answer, status: spec.status ?? 200 };
}

/** The server parses each request with the very schemas the handler's types come from, so the types hold. */
function erase<C, S extends RequestSchemas, R>(
  run: (context: C, input: Input<S>) => Promise<R>,
): (context: C, input: AnyInput) => Promise<R> {
  return (context, input) => run(context, input as Input<S>);
}

/** Who calls, as the domain knows them. */
export function actorOf(bearer: Bearer, origin: string): Actor {
  const { tenantId, userId, userName, role } = bearer;
  return { tenantId, userId, userName, role, origin };
}
