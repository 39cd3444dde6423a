import { randomUUID } from 'node:crypto';
import {
  chatSessionSchema,
  grantSchema,
  journalEntrySchema,
  materialSchema,
  meSchema,
  orderLineSchema,
  orderSchema,
  outputTypeSchema,
  pageOf,
  productSchema,
  reservationSchema,
  selectionSchema,
  storedMessageSchema,
  type JournalWrite,
  type MessageWrite,
  type ProductImport,
} from '../../shared/domain/index.ts';
import type { Client } from './client.ts';

/** Things of one tenant (and of one of its users, where they are a user's) to name in requests. */
export interface Things {
  order: string;
  number: string;
  render: string;
  product: string;
  pimId: string;
  selection: string;
  session: string;
  message: string;
  toolCall: string;
  reservation: string;
  grant: string;
  key: string;
  user: string;
  outputType: string;
  material: string;
}

/** A product as an import brings it. */
export function productOf(pimId: string, more: Partial<ProductImport> = {}): ProductImport {
  return {
    pim_id: pimId,
    name: `Rillenkugellager ${pimId}`,
    designation: pimId,
    category: ['Kugellager', 'Rillenkugellager'],
    kind: 'deep_groove',
    dimensions: { d: 25, D: 52, B: 15, rows: 1, closure: 'open' },
    cad_materials: { inner_ring: '100Cr6', cage: 'St-Blech' },
    ...more,
  };
}

/** A valid user message of a chat. */
export function messageOf(sessionId: string, more: Partial<MessageWrite> = {}): MessageWrite {
  return {
    session_id: sessionId,
    role: 'user',
    content: 'Render all Kugellager',
    context_type: null,
    context_id: null,
    selection_id: null,
    token_count: null,
    status: 'done',
    error: null,
    desk_id: null,
    lease_until: null,
    ...more,
  };
}

/** A valid journal entry of a message, as it is first written. */
export function callOf(messageId: string, more: Partial<JournalWrite> = {}): JournalWrite {
  return {
    from: null,
    message_id: messageId,
    step: 0,
    position: 0,
    model_call_id: 'call_1',
    said: null,
    tool: 'create_order',
    arguments: { output_type_name: 'Web Standard' },
    state: 'proposed',
    result: null,
    effect: null,
    snapshot: null,
    idempotency_key: null,
    decided_by: null,
    decided_at: null,
    expires_at: null,
    ...more,
  };
}

/** Finds or makes one of each thing as this user. */
export async function collectThings(client: Client): Promise<Things> {
  const order = await client.read(orderSchema, '/orders/SA-2026-00160');
  const lines = await client.read(pageOf(orderLineSchema), `/orders/${order.id}/lines?status=done`);
  const products = await client.read(pageOf(productSchema), '/products?limit=1');
  const product = products.items[0];
  const body = { product_ids: [product?.id] };
  const selection = await client.change(selectionSchema, 'POST', '/selections', body);
  const key = randomUUID();
  await client.call('POST', '/selections', { body, key });
  const session = randomUUID();
  const message = await client.change(storedMessageSchema, 'PUT', `/chat/messages/${randomUUID()}`, messageOf(session));
  const call = await client.change(journalEntrySchema, 'PUT', `/chat/tool-calls/${randomUUID()}`, callOf(message.id));
  const grant = await client.change(grantSchema, 'POST', '/chat/grants', {
    session_id: session,
    tool: 'create_order',
    kind: 'draft',
    max_items: 5,
    max_changes: 2,
  });
  const reservation = await client.change(reservationSchema, 'POST', '/chat/usage/reservations', {
    estimated_tokens: 10,
  });
  await client.read(pageOf(chatSessionSchema), '/chat/sessions');
  return {
    order: order.id,
    number: order.number,
    render: lines.items[0]?.render_id ?? '',
    product: product?.id ?? '',
    pimId: product?.pim_id ?? '',
    selection: selection.id,
    session,
    message: message.id,
    toolCall: call.id,
    reservation: reservation.id,
    grant: grant.id,
    key,
    user: (await client.read(meSchema, '/me')).user.id,
    outputType: (await client.read(pageOf(outputTypeSchema), '/output-types')).items[0]?.id ?? '',
    material: (await client.read(pageOf(materialSchema), '/materials')).items[0]?.id ?? '',
  };
}

/** What a path's parameter stands for. */
export function pathOf(route: string, things: Things): string[] {
  const values: Record<string, string[]> = {
    orders: [things.order, things.number],
    products: [things.product, things.pimId],
    selections: [things.selection],
    renders: [things.render],
    sessions: [things.session],
    messages: [things.message],
    'tool-calls': [things.toolCall],
    reservations: [things.reservation],
    grants: [things.grant],
    idempotency: [things.key],
    users: [things.user],
    'output-types': [things.outputType],
    materials: [things.material],
  };
  const [, kind, parameter] = /([\w-]+)\/(:\w+)/.exec(route) ?? [];
  if (kind === undefined || parameter === undefined) return [];
  return (values[kind] ?? []).map((value) => route.replace(parameter, value));
}

/** A valid body for each route that takes one, by method and path. */
export function bodyOf(route: string, things: Things): unknown {
  const bodies: Record<string, unknown> = {
    'POST /auth/login': { email: 'nobody@kugelwerk.example', password: 'x' },
    'POST /auth/local': { secret: 'x' },
    'POST /auth/set-password': { code: 'rdc_none', password: 'Kugel & Lager 2026' },
    'POST /auth/password': { old_password: 'wrong', new_password: 'Kugel & Lager 2026' },
    'POST /users': { email: 'new@kugelwerk.example', name: 'Neu Hier', role: 'viewer' },
    'PATCH /users/:id': { name: 'Jana Petersen' },
    'PUT /tenant/config': { monthly_token_limit: 1_000_000 },
    'POST /products/import': [productOf('KL-6205-NEU')],
    'POST /products/resolve': { references: [things.pimId] },
    'POST /selections': { product_ids: [things.product] },
    'PUT /output-types/:id': {
      description: 'Shop, square',
      settings: {
        format: 'webp',
        width: 800,
        height: 800,
        quality: 85,
        background: '#ffffff',
        samples: 64,
        camera: 'front',
      },
    },
    'PUT /materials/:id': { description: 'Red enamel', color: '#aa1122', metallic: 0, roughness: 0.4 },
    'PUT /material-mappings': { cad_material: '100Cr6', material_name: null },
    'POST /orders': { product_ids: [things.product], output_type_name: 'Web Standard' },
    'PUT /orders/:ref/material-override': { material_name: null },
    'PUT /orders/:ref/render-overrides': { overrides: {} },
    'PATCH /chat/sessions/:id': { title: 'Renamed' },
    'PUT /chat/messages/:id': messageOf(things.session),
    'PUT /chat/tool-calls/:id': callOf(things.message, { from: 'proposed', state: 'cancelled' }),
    'POST /chat/grants': {
      session_id: things.session,
      tool: 'create_order',
      kind: 'draft',
      max_items: 5,
      max_changes: 2,
    },
    'PUT /me/approval-policy': { policy: 'above_limits' },
    'POST /chat/usage/reservations': { estimated_tokens: 1 },
    'PUT /chat/usage/reservations/:id': { tokens: 1 },
    'POST /query': { sql: 'SELECT 1' },
  };
  return bodies[route];
}
