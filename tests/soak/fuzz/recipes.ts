import type { Random } from '../random.ts';
import type { Operation } from './api.ts';
import type { Known } from './known.ts';

/** Where and with what an operation is called. */
export interface Recipe {
  readonly path?: Record<string, string>;
  readonly body?: unknown;
  /** What is gone once this succeeded, such as a code that works once: named no more. */
  readonly spends?: string;
}

interface Kitchen {
  readonly random: Random;
  readonly known: Known;
  /** Secret of the data directory and an e-mail of the caller. */
  readonly secret: string;
  readonly email: string;
}

/**
 * A request that ought to succeed for operations that chance would hardly ever meet: those that need a thing in a
 * certain state, or a sentence that means something. null: chance is good enough.
 */
export function recipeFor(operation: Operation, kitchen: Kitchen): Recipe | null {
  const { random, known } = kitchen;
  const one = (field: string): string | undefined => {
    const values = known.values(field);
    return values.length === 0 ? undefined : random.pick(values);
  };
  const make = RECIPES[`${operation.method} ${operation.path.replace(/^\/api/, '')}`];
  return make === undefined ? null : make({ ...kitchen, example: operation.example as object }, one);
}

type One = (field: string) => string | undefined;
/** With the body that the document gives as an example. */
type Stocked = Kitchen & { readonly example: object };

const SELECTS = [
  'SELECT status, count(*) FROM orders GROUP BY 1',
  'SELECT pim_id, name FROM products ORDER BY pim_id LIMIT 5',
  "SELECT date_trunc('day', created_at) AS day, count(*) FROM renders GROUP BY 1 ORDER BY 1",
] as const;

/** A caller's password is one of these: changing it goes from one to the other. */
const PASSWORDS = ['renderdesk-sample', 'another-sample-password'] as const;

/** Names of what recipes make begin so; only those are taken away, for the sample's are needed. */
const MADE = 'Made ';

const RECIPES: Record<string, (kitchen: Stocked, one: One) => Recipe | null> = {
  'POST /auth/login': ({ email, random }) => ({ body: { email, password: random.pick(PASSWORDS) } }),
  'POST /auth/password': ({ random }) => {
    const [old_password, new_password] = random.chance(0.5) ? PASSWORDS : [PASSWORDS[1], PASSWORDS[0]];
    return { body: { old_password, new_password } };
  },
  'POST /auth/set-password': ({ known }) => {
    // An older code may have been replaced, or its user disabled.
    const code = known.values('code').at(-1);
    return code === undefined ? null : { body: { code, password: PASSWORDS[1] }, spends: code };
  },
  'POST /users': ({ random }) => ({
    body: { email: `${random.uuid()}@example.com`, name: 'Somebody New', role: random.pick(['viewer', 'operator']) },
  }),
  'GET /users/{id}': (_kitchen, one) => withId(one('user_id')),
  'PATCH /users/{id}': ({ random }, one) =>
    withId(one('user_id'), { name: `Somebody ${random.int(99)}`, disabled: random.chance(0.3) }),
  'POST /users/{id}/reset-password': (_kitchen, one) => withId(one('user_id')),
  'POST /users/{id}/sign-out': (_kitchen, one) => withId(one('user_id')),
  'POST /auth/local': ({ email, secret }) => ({ body: { email, secret } }),
  'POST /query': ({ random }) => ({ body: { sql: random.pick(SELECTS) } }),
  'PUT /chat/messages/{id}': ({ random, example }, one) => ({
    path: { id: random.uuid() },
    body: { ...example, session_id: one('session_id') ?? random.uuid() },
  }),
  'PUT /chat/tool-calls/{id}': ({ random, example }, one) => {
    const message_id = one('message_id');
    if (message_id === undefined) return null;
    return { path: { id: random.uuid() }, body: { ...example, message_id, position: random.int(100_000) } };
  },
  'PUT /chat/usage/reservations/{id}': ({ random }, one) => {
    const id = one('reservation_id');
    return id === undefined ? null : { path: { id }, body: { tokens: random.int(100) } };
  },
  'PATCH /chat/sessions/{id}': ({ random }, one) => withId(one('session_id'), { pinned: random.chance(0.5) }),
  'DELETE /chat/sessions/{id}': (_kitchen, one) => withId(one('session_id')),
  'GET /chat/sessions/{id}': (_kitchen, one) => withId(one('session_id')),
  'GET /chat/sessions/{id}/messages': (_kitchen, one) => withId(one('session_id')),
  'POST /chat/grants': (_kitchen, one) => {
    const session_id = one('session_id');
    const grant = { tool: 'create_order', kind: 'draft', max_items: 2, max_changes: 2 };
    return session_id === undefined ? null : { body: { ...grant, session_id } };
  },
  'DELETE /chat/grants/{id}': (_kitchen, one) => {
    const id = one('grant_id');
    return id === undefined ? null : { path: { id }, spends: id };
  },
  'GET /idempotency/{key}': (_kitchen, one) => {
    const key = one('used_key');
    return key === undefined ? null : { path: { key } };
  },
  'POST /orders': ({ random }, one) => {
    const [product, name] = [one('product_id'), one('output_type_name')];
    if (product === undefined || name === undefined) return null;
    return {
      body: {
        product_ids: [product],
        output_type_name: name,
        dispatch: random.chance(0.2),
        render_overrides: { width: 32, height: 32 },
      },
    };
  },
  'POST /orders/{ref}/dispatch': (_kitchen, one) => ofOrder(one('draft_id')),
  'POST /orders/{ref}/cancel': (_kitchen, one) => ofOrder(one('draft_id')),
  'POST /orders/{ref}/retry-failed': (_kitchen, one) => ofOrder(one('done_with_failures_id') ?? one('failed_id')),
  'PUT /orders/{ref}/material-override': (_kitchen, one) =>
    ofOrder(one('draft_id'), { material_name: one('material_name') ?? null }),
  'PUT /orders/{ref}/render-overrides': (_kitchen, one) => ofOrder(one('draft_id'), { overrides: { width: 64 } }),
  'PUT /material-mappings': (_kitchen, one) => {
    const cad = one('cad_material');
    return cad === undefined ? null : { body: { cad_material: cad, material_name: one('material_name') ?? null } };
  },
  'PUT /output-types/{id}': ({ random }) => ({
    path: { id: `${MADE}${random.int(1000)}` },
    body: {
      settings: {
        format: 'webp',
        width: 64,
        height: 64,
        quality: 80,
        background: '#ffffff',
        samples: 16,
        camera: 'front',
      },
    },
  }),
  'DELETE /output-types/{id}': ({ known }) => removal(known.values('output_type_name')),
  'PUT /materials/{id}': ({ random }) => ({
    path: { id: `${MADE}${random.int(1000)}` },
    body: { color: '#aa1122', metallic: 0, roughness: 0.4 },
  }),
  'DELETE /materials/{id}': ({ known }) => removal(known.values('material_name')),
  'POST /selections': ({ random }, one) => {
    const [product, a] = [one('product_id'), one('selection_id')];
    if (product === undefined) return null;
    return { body: a === undefined || random.chance(0.5) ? { product_ids: [product] } : { op: 'union', a, b: a } };
  },
  'GET /selections/{id}': (_kitchen, one) => withId(one('selection_id')),
  'GET /renders/{id}/image': (_kitchen, one) => withId(one('image_id')),
  'GET /renders/{id}/thumbnail': (_kitchen, one) => withId(one('image_id')),
  'GET /renders/{id}': (_kitchen, one) => withId(one('render_id')),
  'GET /renders/{id}/log': (_kitchen, one) => withId(one('render_id')),
};

/** Takes away one of those that a recipe made, the newest: the likeliest to be used by nothing yet. */
function removal(names: readonly string[]): Recipe | null {
  const id = names.filter((name) => name.startsWith(MADE)).at(-1);
  return id === undefined ? null : { path: { id }, spends: id };
}

function withId(id: string | undefined, body?: unknown): Recipe | null {
  return id === undefined ? null : { path: { id }, ...(body === undefined ? {} : { body }) };
}

function ofOrder(ref: string | undefined, body?: unknown): Recipe | null {
  return ref === undefined ? null : { path: { ref }, ...(body === undefined ? {} : { body }) };
}
