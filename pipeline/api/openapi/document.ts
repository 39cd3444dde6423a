import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { ERROR_CODES, PROBLEM_MEDIA_TYPE, problemSchema, type ErrorCode } from '../../../shared/errors/index.ts';
import { actionOf } from '../audited.ts';
import type { Route } from '../route.ts';
import { EXAMPLES } from './examples.ts';
import { failuresOf } from './failures.ts';
import { headerParameters, responseHeaders } from './headers.ts';

/** As much of an OpenAPI document as is completed here. */
export interface OpenApiDocument {
  paths?: Record<string, Record<string, OpenApiOperation>>;
  components?: { schemas?: Record<string, unknown> };
}

interface OpenApiOperation {
  operationId?: string;
  parameters?: unknown[];
  requestBody?: { content?: Record<string, { schema?: unknown; example?: unknown }> };
  responses?: Record<string, OpenApiResponse>;
}

interface OpenApiResponse {
  description: string;
  content?: Record<string, { schema: unknown }>;
  headers?: Record<string, unknown>;
}

/**
 * Adds to the document made from the routes' schemas what those do not say: every status a route may answer with the
 * codes of its problem, headers, media types and examples. From the same route values that the server runs.
 */
export function completeDocument<D extends OpenApiDocument>(document: D, routes: readonly Route[], prefix: string): D {
  const paths: NonNullable<OpenApiDocument['paths']> = { ...document.paths };
  for (const route of routes) {
    if (route.kind === 'socket') continue;
    const path = prefix + route.path.replaceAll(/:(\w+)/g, '{$1}');
    const method = route.method.toLowerCase();
    const operation = paths[path]?.[method];
    if (operation === undefined) throw new Error(`The document lacks ${route.method} ${path}.`);
    paths[path] = { ...paths[path], [method]: complete(operation, route) };
  }
  const schemas = { ...document.components?.schemas, Problem: z.toJSONSchema(problemSchema, { io: 'output' }) };
  return { ...document, paths, components: { ...document.components, schemas } };
}

function complete(operation: OpenApiOperation, route: Exclude<Route, { kind: 'socket' }>): OpenApiOperation {
  const problems = [...failuresOf(route)].map(([status, codes]) => [String(status), problemOf(status, codes)] as const);
  return {
    ...operation,
    operationId: operationId(route),
    parameters: [...(operation.parameters ?? []), ...headerParameters(route)],
    ...(operation.requestBody === undefined
      ? {}
      : { requestBody: withCsv(withExample(operation.requestBody, route), route) }),
    responses: { ...successes(operation, route), ...Object.fromEntries(problems) },
  };
}

/** `post_orders_ref_cancel` */
function operationId({ method, path }: Route): string {
  return `${method.toLowerCase()}${path.replaceAll(/[^A-Za-z0-9]+/g, '_')}`;
}

function withExample(body: NonNullable<OpenApiOperation['requestBody']>, route: Route): typeof body {
  const example = EXAMPLES[actionOf(route)];
  const json = body.content?.['application/json'];
  if (example === undefined || json === undefined) return body;
  return { ...body, content: { ...body.content, 'application/json': { ...json, example } } };
}

function withCsv(body: NonNullable<OpenApiOperation['requestBody']>, route: Route): typeof body {
  if (route.uploads !== true) return body;
  return { ...body, content: { ...body.content, 'text/csv': { schema: { type: 'string' } } } };
}

function successes(
  operation: OpenApiOperation,
  route: Exclude<Route, { kind: 'socket' }>,
): Record<string, OpenApiResponse> {
  const binary = Object.fromEntries((route.produces ?? []).map((type) => [type, { schema: {} }]));
  const described = Object.entries(operation.responses ?? {}).filter(([status]) => /^2\d\d$/.test(status));
  const isBinary = route.kind === 'raw' && route.answer === null;
  const found = isBinary ? [['200', { content: {} }] as const] : described;
  const answers = found.map(([status, response]) => {
    const content = { ...response.content, ...binary };
    const answer = { description: describe(status, route), headers: responseHeaders(route), content };
    return [status, answer] as const;
  });
  const more: Record<string, OpenApiResponse> =
    route.conditional === true
      ? {
          206: { description: 'The part that Range asked for', content: binary },
          304: { description: 'The client has it already' },
        }
      : {};
  return { ...Object.fromEntries(answers), ...more };
}

function describe(status: string, route: Route): string {
  if (route.kind !== 'planned') return STATUS_CODES[status] ?? status;
  if (status === '201') return 'Done';
  return route.status === 201 ? 'The effect, with dry_run=true' : 'Done; with dry_run=true the effect alone';
}

function problemOf(status: number, codes: readonly ErrorCode[]): OpenApiResponse {
  const sentences = codes.map((code) => `\`${code}\`: ${ERROR_CODES[code].message}`);
  const schema = {
    allOf: [{ $ref: '#/components/schemas/Problem' }],
    type: 'object',
    properties: { code: { enum: codes }, status: { const: status } },
  };
  const headers: Record<string, unknown> = {
    ...(status === 429 ? { 'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } } } : {}),
    ...(status === 401 ? { 'WWW-Authenticate': { schema: { type: 'string' } } } : {}),
  };
  return {
    description: [STATUS_CODES[status] ?? String(status), ...sentences].join('\n- '),
    content: { [PROBLEM_MEDIA_TYPE]: { schema } },
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
  };
}
