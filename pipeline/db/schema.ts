import { bigint, boolean, customType, integer, jsonb, primaryKey, real, text, unique, uuid } from 'drizzle-orm/pg-core';
import type {
  AuditOrigin,
  AuditOutcome,
  ContextType,
  Dimensions,
  Effect,
  MessageStatus,
  OrderStatus,
  PartKind,
  RenderOverrides,
  RenderSettings,
  RenderStatus,
  Role,
  StateEvent,
  TenantConfig,
  ToolCallState,
} from '../../shared/domain/index.ts';
import type { Failure } from '../../shared/errors/index.ts';
import { createdAt, id, rd, tenantId, time } from './schema-columns.ts';

/**
 * The tables as Drizzle sees them. `migrations/*.sql` makes them; a test compares the two.
 * Every table but `tenants` carries tenant_id and stands behind row-level security.
 */
export * from './schema-accounts.ts';
export * from './schema-approvals.ts';

export const tenants = rd.table('tenants', { id: id(), name: text('name').notNull(), createdAt: createdAt() });

export const tenantConfig = rd.table('tenant_config', {
  tenantId: uuid('tenant_id').primaryKey(),
  config: jsonb('config').$type<TenantConfig>().notNull(),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

export const tenantCounters = rd.table(
  'tenant_counters',
  {
    tenantId: tenantId(),
    name: text('name').notNull(),
    value: bigint('value', { mode: 'number' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.name] })],
);

export const categories = rd.table('categories', {
  id: id(),
  tenantId: tenantId(),
  parentId: uuid('parent_id'),
  name: text('name').notNull(),
  path: text('path').notNull(),
  description: text('description').notNull().default(''),
});

export const products = rd.table('products', {
  id: id(),
  tenantId: tenantId(),
  pimId: text('pim_id').notNull(),
  name: text('name').notNull(),
  designation: text('designation').notNull(),
  categoryId: uuid('category_id').notNull(),
  kind: text('kind').$type<PartKind>().notNull(),
  dimensions: jsonb('dimensions').$type<Dimensions>().notNull(),
  cadMaterials: jsonb('cad_materials').$type<Record<string, string>>().notNull(),
  searchText: text('search_text').notNull(),
  pimKey: text('pim_key').notNull(),
  designationKey: text('designation_key').notNull(),
  createdAt: createdAt(),
  updatedAt: time('updated_at').notNull().defaultNow(),
});

export const materials = rd.table('materials', {
  id: id(),
  tenantId: tenantId(),
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  color: text('color').notNull(),
  metallic: real('metallic').notNull(),
  roughness: real('roughness').notNull(),
});

export const materialMappings = rd.table(
  'material_mappings',
  {
    tenantId: tenantId(),
    cadMaterial: text('cad_material').notNull(),
    materialId: uuid('material_id'),
    updatedAt: time('updated_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.cadMaterial] })],
);

export const outputTypes = rd.table('output_types', {
  id: id(),
  tenantId: tenantId(),
  name: text('name').notNull(),
  description: text('description').notNull().default(''),
  isDefault: boolean('is_default').notNull().default(false),
  settings: jsonb('settings').$type<RenderSettings>().notNull(),
  /** Kept for its orders, offered no longer. */
  archivedAt: time('archived_at'),
});

export const selections = rd.table('selections', {
  id: text('id').primaryKey(),
  tenantId: tenantId(),
  userId: uuid('user_id').notNull(),
  label: text('label').notNull(),
  productIds: uuid('product_ids').array().notNull(),
  createdAt: createdAt(),
  expiresAt: time('expires_at').notNull(),
});

export const orders = rd.table('orders', {
  id: id(),
  tenantId: tenantId(),
  number: text('number').notNull(),
  status: text('status').$type<OrderStatus>().notNull(),
  outputTypeId: uuid('output_type_id').notNull(),
  outputTypeName: text('output_type_name').notNull(),
  baseSettings: jsonb('base_settings').$type<RenderSettings>().notNull(),
  renderOverrides: jsonb('render_overrides').$type<RenderOverrides>().notNull().default({}),
  materialOverride: text('material_override'),
  createdBy: uuid('created_by').notNull(),
  revision: integer('revision').notNull().default(0),
  linesTotal: integer('lines_total').notNull().default(0),
  linesQueued: integer('lines_queued').notNull().default(0),
  linesRunning: integer('lines_running').notNull().default(0),
  linesDone: integer('lines_done').notNull().default(0),
  linesFailed: integer('lines_failed').notNull().default(0),
  linesCancelled: integer('lines_cancelled').notNull().default(0),
  createdAt: createdAt(),
  dispatchedAt: time('dispatched_at'),
  finishedAt: time('finished_at'),
  cancellingSince: time('cancelling_since'),
});

export const orderLines = rd.table(
  'order_lines',
  {
    id: id(),
    tenantId: tenantId(),
    orderId: uuid('order_id').notNull(),
    position: integer('position').notNull(),
    productId: uuid('product_id').notNull(),
    status: text('status').$type<RenderStatus>().notNull(),
    renderId: uuid('render_id'),
    attempts: integer('attempts').notNull().default(0),
    error: text('error'),
  },
  (t) => [unique().on(t.orderId, t.position)],
);

export const renders = rd.table('renders', {
  id: id(),
  tenantId: tenantId(),
  orderId: uuid('order_id').notNull(),
  lineId: uuid('line_id').notNull(),
  attempt: integer('attempt').notNull(),
  status: text('status').$type<RenderStatus>().notNull(),
  progress: real('progress').notNull().default(0),
  settings: jsonb('settings').$type<RenderSettings>().notNull(),
  materialOverride: text('material_override'),
  error: text('error'),
  failureReason: text('failure_reason'),
  imageKey: text('image_key'),
  imageBytes: integer('image_bytes'),
  log: jsonb('log').$type<{ at: string; text: string }[]>().notNull().default([]),
  durationMs: integer('duration_ms'),
  createdAt: createdAt(),
  startedAt: time('started_at'),
  finishedAt: time('finished_at'),
  claim: uuid('claim'),
  worker: text('worker'),
});

export const orderHistory = rd.table('order_history', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  tenantId: tenantId(),
  orderId: uuid('order_id').notNull(),
  at: time('at').notNull().defaultNow(),
  actor: text('actor').notNull(),
  origin: text('origin').notNull(),
  event: text('event').notNull(),
  text: text('text').notNull(),
});

export const idempotencyKeys = rd.table(
  'idempotency_keys',
  {
    tenantId: tenantId(),
    userId: uuid('user_id').notNull(),
    key: text('key').notNull(),
    requestHash: text('request_hash').notNull(),
    status: integer('status').notNull(),
    answer: jsonb('answer').$type<unknown>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.key] })],
);

export const chatSessions = rd.table('chat_sessions', {
  id: uuid('id').primaryKey(),
  tenantId: tenantId(),
  userId: uuid('user_id').notNull(),
  title: text('title').notNull(),
  pinned: boolean('pinned').notNull().default(false),
  createdAt: createdAt(),
  updatedAt: time('updated_at').notNull().defaultNow(),
  readAt: time('read_at').notNull().defaultNow(),
});

export const chatMessages = rd.table('chat_messages', {
  id: uuid('id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).generatedAlwaysAsIdentity(),
  tenantId: tenantId(),
  userId: uuid('user_id').notNull(),
  sessionId: uuid('session_id').notNull(),
  role: text('role').$type<'user' | 'assistant' | 'system'>().notNull(),
  content: text('content').notNull(),
  contextType: text('context_type').$type<ContextType>(),
  contextId: text('context_id'),
  selectionId: text('selection_id'),
  tokenCount: integer('token_count'),
  status: text('status').$type<MessageStatus>().notNull(),
  error: jsonb('error').$type<Failure>(),
  deskId: text('desk_id'),
  leaseUntil: time('lease_until'),
  createdAt: createdAt(),
  superseded: boolean('superseded').notNull().default(false),
});

export const toolCalls = rd.table(
  'tool_calls',
  {
    id: uuid('id').primaryKey(),
    tenantId: tenantId(),
    userId: uuid('user_id').notNull(),
    messageId: uuid('message_id').notNull(),
    step: integer('step').notNull(),
    position: integer('position').notNull(),
    modelCallId: text('model_call_id').notNull(),
    said: text('said'),
    tool: text('tool').notNull(),
    arguments: jsonb('arguments').$type<Record<string, unknown>>().notNull(),
    state: text('state').$type<ToolCallState>().notNull(),
    result: jsonb('result').$type<unknown>(),
    effect: jsonb('effect').$type<Effect>(),
    snapshot: text('snapshot'),
    idempotencyKey: text('idempotency_key'),
    decidedBy: text('decided_by'),
    decidedAt: time('decided_at'),
    expiresAt: time('expires_at'),
    createdAt: createdAt(),
  },
  (t) => [unique().on(t.messageId, t.position)],
);

export const usageReservations = rd.table('usage_reservations', {
  id: id(),
  tenantId: tenantId(),
  userId: uuid('user_id').notNull(),
  messageId: uuid('message_id'),
  month: text('month').notNull(),
  estimatedTokens: integer('estimated_tokens').notNull(),
  tokens: integer('tokens'),
  outputTokens: integer('output_tokens'),
  isEstimate: boolean('is_estimate').notNull().default(false),
  createdAt: createdAt(),
  sessionId: uuid('session_id'),
});

export const audit = rd.table('audit', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  tenantId: tenantId(),
  at: time('at').notNull().defaultNow(),
  userId: uuid('user_id').notNull(),
  userName: text('user_name').notNull(),
  role: text('role').$type<Role>().notNull(),
  origin: text('origin').$type<AuditOrigin>().notNull(),
  toolCallId: text('tool_call_id'),
  tool: text('tool'),
  asked: text('asked'),
  decidedBy: text('decided_by'),
  decidedAt: time('decided_at'),
  action: text('action').notNull(),
  orderNumber: text('order_number'),
  target: text('target'),
  summary: text('summary').notNull(),
  outcome: text('outcome').$type<AuditOutcome>().notNull(),
  status: integer('status'),
  code: text('code'),
  idempotencyKey: text('idempotency_key'),
});

/** A state change before the sequencer gives it its number and time. */
export type UnnumberedEvent = StateEvent extends infer E
  ? E extends StateEvent
    ? Omit<E, 'seq' | 'at'>
    : never
  : never;

export const outbox = rd.table('outbox', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  tenantId: tenantId(),
  event: jsonb('event').$type<UnnumberedEvent>().notNull(),
  createdAt: createdAt(),
});

export const events = rd.table(
  'events',
  {
    tenantId: tenantId(),
    seq: bigint('seq', { mode: 'number' }).notNull(),
    event: jsonb('event').$type<UnnumberedEvent>().notNull(),
    at: time('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.seq] })],
);

export const eventCounters = rd.table('event_counters', {
  tenantId: uuid('tenant_id').primaryKey(),
  seq: bigint('seq', { mode: 'number' }).notNull(),
});

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' });

/** @public The store reads and writes it with SQL of its own. */
export const imageContents = rd.table(
  'image_contents',
  {
    tenantId: tenantId(),
    sha256: bytea('sha256').notNull(),
    bytes: integer('bytes').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.sha256] })],
);

/** @public The store reads and writes it with SQL of its own. */
export const imageChunks = rd.table(
  'image_chunks',
  {
    tenantId: tenantId(),
    sha256: bytea('sha256').notNull(),
    position: integer('position').notNull(),
    data: bytea('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.sha256, t.position] })],
);

/** @public The store reads and writes it with SQL of its own. */
export const imageFiles = rd.table(
  'image_files',
  {
    tenantId: tenantId(),
    key: text('key').notNull(),
    sha256: bytea('sha256').notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.key] })],
);
