import { beforeAll, describe, expect, test } from 'vitest';
import { problemSchema } from '../../shared/errors/index.ts';
import { createClient, type Client } from '../test-support/client.ts';
import { bodyOf, collectThings, pathOf, type Things } from '../test-support/requests.ts';
import { usePipeline } from '../test-support/test-pipeline.ts';
import { failuresOf } from './openapi/index.ts';
import type { Route } from './route.ts';
import { ROUTES } from './routes/index.ts';

const pipeline = usePipeline({ workers: 0 });
let operator: Client;
let things: Things;

const named = ROUTES.map((route) => ({ name: `${route.method} ${route.path}`, route }));
const http = named.filter(({ route }) => route.kind !== 'socket');
const behindBearer = named.filter(({ route }) => route.access !== 'public');
const withId = http.filter(({ route }) => route.path.includes('/:'));
const changing = http.filter(({ route }) => route.kind === 'change' || route.kind === 'planned');

beforeAll(async () => {
  operator = await pipeline().as('operator@kugelwerk.example');
  things = await collectThings(operator);
});

function codeOf(body: unknown): string {
  return problemSchema.parse(body).code;
}

/** The least role that may call the route, so that it is not the role that refuses; never less than an operator's. */
function roleFor(route: Route): 'operator' | 'admin' {
  return route.access === 'admin' ? 'admin' : 'operator';
}

/** The route's first address with the things' ids in it. */
function addressOf(path: string): string {
  return pathOf(path, things)[0] ?? path;
}

interface Described {
  parameters?: { name: string }[];
  requestBody?: { content: Record<string, { example?: unknown }> };
  responses: Record<string, { content?: object }>;
}

describe('without a valid token', () => {
  test.each(behindBearer)('$name answers 401 as a problem', async ({ name, route }) => {
    for (const token of [null, 'rdt_wrong', '']) {
      const client = createClient(pipeline().origin, token);
      const answer = await client.call(route.method, addressOf(route.path), { body: bodyOf(name, things) });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(codeOf(answer.body)).toBe('unauthorized');
    }
  });
});

describe('the tenant is a wall', () => {
  test.each(withId)('$name knows no id of another tenant', async ({ name, route }) => {
    const stranger = await pipeline().as(`${roleFor(route)}@nordlager.example`);
    const addresses = pathOf(route.path, things);
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) {
      const answer = await stranger.call(route.method, address, { body: bodyOf(name, things) });
      expect(answer.status, address).toBe(404);
      expect(['not_found', 'selection_expired']).toContain(codeOf(answer.body));
    }
  });

  // A PUT under a name that is none makes the thing.
  const making = ['PUT /chat/messages/:id', 'PUT /output-types/:id', 'PUT /materials/:id'];
  const existing = withId.filter(({ name }) => !making.includes(name));

  test.each(existing)('$name answers 404 for ids that are none', async ({ name, route }) => {
    for (const id of ['00000000-0000-4000-8000-000000000000', 'no-such-thing', "'; --", '%00']) {
      const address = route.path.replace(/:\w+/, encodeURIComponent(id));
      const client = await pipeline().as(`${roleFor(route)}@kugelwerk.example`);
      const answer = await client.call(route.method, address, { body: bodyOf(name, things) });
      expect([404, 400], `${address} ${JSON.stringify(answer.body)}`).toContain(answer.status);
      if (answer.status === 400) expect(id).toBe('%00');
    }
  });

  test('a user’s chat, keys and reservations are not a colleague’s', async () => {
    const colleague = await pipeline().as('admin@kugelwerk.example');
    const personal = withId.filter(({ route }) => /^\/(chat|idempotency)\//.test(route.path));
    expect(personal.length).toBeGreaterThan(5);
    for (const { name, route } of personal) {
      const answer = await colleague.call(route.method, addressOf(route.path), { body: bodyOf(name, things) });
      expect(answer.status, name).toBe(404);
    }
  });

  test('lists of the other tenant hold nothing of this one', async () => {
    const stranger = await pipeline().as('operator@nordlager.example');
    for (const path of ['/orders', '/chat/sessions', '/chat/tool-calls']) {
      expect((await stranger.get(path)).body).toMatchObject({ items: [], total: 0 });
    }
    const products = JSON.stringify((await stranger.get('/products?limit=200')).body);
    expect(products).toContain('NT-');
    expect(products).not.toContain('KL-');
    const asked = { product_ids: [things.product], output_type_name: 'Web Standard' };
    expect(codeOf((await stranger.call('POST', '/orders', { body: asked })).body)).toBe('unknown_products');
    const combined = { op: 'union', a: things.selection, b: things.selection };
    expect(codeOf((await stranger.call('POST', '/selections', { body: combined })).body)).toBe('selection_expired');
  });
});

describe('roles', () => {
  const forOperators = http.filter(({ route }) => route.access === 'operator');
  const forAdmins = http.filter(({ route }) => route.access === 'admin');

  test.each(forOperators)('a viewer may not $name', async ({ name, route }) => {
    const viewer = await pipeline().as('viewer@kugelwerk.example');
    const answer = await viewer.call(route.method, addressOf(route.path), { body: bodyOf(name, things) });
    expect([answer.status, codeOf(answer.body)]).toEqual([403, 'forbidden']);
  });

  test.each(forAdmins)('an operator may not $name', async ({ name, route }) => {
    const answer = await operator.call(route.method, addressOf(route.path), { body: bodyOf(name, things) });
    expect([answer.status, codeOf(answer.body)]).toEqual([403, 'forbidden']);
  });

  test('every change of orders, mappings and settings is behind a role', () => {
    const open = changing.filter(({ route }) => route.access === 'viewer').map(({ name }) => name);
    expect(open.filter((name) => !/ \/(chat|selections)/.test(name))).toEqual([]);
    expect(forAdmins.length).toBeGreaterThan(0);
  });
});

describe('changes', () => {
  test.each(changing)('$name needs an idempotency key', async ({ name, route }) => {
    const admin = await pipeline().as(`${roleFor(route)}@kugelwerk.example`);
    const answer = await admin.call(route.method, addressOf(route.path), { body: bodyOf(name, things), key: null });
    expect([answer.status, codeOf(answer.body)]).toEqual([400, 'key_required']);
  });
});

test('every change is audited but the desk’s own record keeping', () => {
  const unaudited = changing.filter(({ route }) => route.audited === false).map(({ name }) => name);
  expect(unaudited.sort()).toEqual([
    'PATCH /chat/sessions/:id',
    'POST /chat/usage/reservations',
    'POST /selections',
    'PUT /chat/messages/:id',
    'PUT /chat/tool-calls/:id',
    'PUT /chat/usage/reservations/:id',
  ]);
});

describe('the protocol', () => {
  test('openapi.json names every HTTP route', async () => {
    const answer = await createClient(pipeline().origin).get('/openapi.json');
    const { openapi, paths } = answer.body as { openapi: string; paths: Record<string, Record<string, unknown>> };
    expect(openapi).toBe('3.1.0');
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const expected = http.map(({ route }) => `${route.method} /api${route.path.replace(/:(\w+)/g, '{$1}')}`);
    expect(listed.sort()).toEqual(expected.sort());
  });

  test('openapi.json describes every status with its codes, and its examples are valid', async () => {
    const answer = await createClient(pipeline().origin).get('/openapi.json');
    const { paths } = answer.body as { paths: Record<string, Record<string, Described>> };
    for (const { name, route } of http) {
      const operation = paths[`/api${route.path.replace(/:(\w+)/g, '{$1}')}`]?.[route.method.toLowerCase()];
      for (const status of failuresOf(route).keys()) {
        expect(operation?.responses[status]?.content, `${name} ${status}`).toHaveProperty('application/problem+json');
      }
      const isChange = route.kind === 'change' || route.kind === 'planned';
      expect(operation?.parameters?.some((one) => one.name === 'Idempotency-Key') ?? false, name).toBe(isChange);
      const example = operation?.requestBody?.content['application/json']?.example;
      if (example !== undefined) expect(route.schemas.body?.safeParse(example), name).toMatchObject({ success: true });
    }
  });

  test('every answer says what it is and stays in no cache', async () => {
    for (const path of ['/me', '/orders', '/nothing-here', '/health']) {
      const { headers } = await operator.get(path);
      expect([headers.get('x-content-type-options'), headers.get('cache-control')], path).toEqual([
        'nosniff',
        'no-store',
      ]);
    }
  });

  test('what Node refuses before any route is a problem too', async () => {
    const answer = await operator.get(`/orders?text=${'x'.repeat(20_000)}`);
    expect([answer.status, codeOf(answer.body)]).toEqual([431, 'header_too_large']);
  });

  test.each([
    { request: 'GET /nothing-here', status: 404, code: 'not_found' },
    { request: 'DELETE /orders', status: 405, code: 'method_not_allowed' },
    { request: 'POST /orders', body: '{"product_ids": [', status: 400, code: 'bad_request' },
    { request: 'GET /orders?limit=0', status: 400, code: 'validation_failed' },
    { request: 'GET /orders?staus=done', status: 400, code: 'validation_failed' },
    { request: 'GET /orders?cursor=xyz', status: 400, code: 'validation_failed' },
    { request: 'GET /orders?text=%00', status: 400, code: 'validation_failed' },
  ])('$request answers $status', async ({ request, body, status, code }) => {
    const [method = '', path = ''] = request.split(' ');
    const answer = await operator.call(method, path, { body });
    expect([answer.status, codeOf(answer.body)]).toEqual([status, code]);
  });

  test('a body that is no JSON, or far too large, is refused', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await operator.call('POST', '/orders', { body: 'x', headers })).status).toBe(415);
    const references = ['x'.repeat(17_000_000)];
    expect((await operator.call('POST', '/products/resolve', { body: { references } })).status).toBe(413);
  });

  test('fields that are not valid are named by their path', async () => {
    const body = {
      product_ids: ['nope'],
      output_type_name: 'Web Standard',
      render_overrides: { width: 3, shiny: true },
      colour: 'red',
    };
    const answer = await operator.call('POST', '/orders', { body });
    expect(
      problemSchema
        .parse(answer.body)
        .errors?.map(({ field }) => field)
        .sort(),
    ).toEqual(['colour', 'product_ids.0', 'render_overrides.shiny', 'render_overrides.width']);
    const union = await operator.call('POST', '/selections', { body: { product_ids: ['nope'], label: 3 } });
    expect(problemSchema.parse(union.body).errors?.map(({ field }) => field)).toContain('product_ids.0');
  });
});
