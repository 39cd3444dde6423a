-- Tables of the pipeline. Every tenant table carries tenant_id; 0002 puts the wall around them.
-- Run by the migrator as rd_owner, which owns everything and never logs in.

CREATE SCHEMA rd;

CREATE TABLE rd.tenants (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- The tenant's settings: {ai_enabled, model, monthly_token_limit, approval, time_zone, chat_retention_days}. Never a key.
CREATE TABLE rd.tenant_config (
  tenant_id uuid PRIMARY KEY REFERENCES rd.tenants (id) ON DELETE CASCADE,
  config jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Counters that must not skip: order numbers per year.
CREATE TABLE rd.tenant_counters (
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  name text NOT NULL,
  value bigint NOT NULL,
  PRIMARY KEY (tenant_id, name)
);

CREATE TABLE rd.users (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  email text NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('viewer', 'operator', 'admin')),
  password_hash text NOT NULL,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
-- A person signs in with an e-mail address alone, so it names one user in all tenants.
CREATE UNIQUE INDEX users_email_key ON rd.users (lower(email));
CREATE INDEX users_tenant_idx ON rd.users (tenant_id);

CREATE TABLE rd.tokens (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES rd.users (id) ON DELETE CASCADE,
  token_hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX tokens_user_idx ON rd.tokens (user_id);

CREATE TABLE rd.categories (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  parent_id uuid REFERENCES rd.categories (id),
  name text NOT NULL,
  -- Names from the root down, joined by ' > '.
  path text NOT NULL,
  description text NOT NULL DEFAULT '',
  UNIQUE (tenant_id, path)
);

CREATE TABLE rd.products (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  pim_id text NOT NULL,
  name text NOT NULL,
  designation text NOT NULL,
  category_id uuid NOT NULL REFERENCES rd.categories (id),
  kind text NOT NULL,
  dimensions jsonb NOT NULL,
  cad_materials jsonb NOT NULL,
  -- Folded for search: lower case, umlauts spelt out, punctuation dropped; made by the application's one folding function.
  search_text text NOT NULL,
  -- pim_id and designation folded without spaces: what an exact reference is compared with.
  pim_key text NOT NULL,
  designation_key text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (tenant_id, pim_id)
);
CREATE INDEX products_category_idx ON rd.products (tenant_id, category_id);
CREATE INDEX products_list_idx ON rd.products (tenant_id, pim_id, id);
CREATE INDEX products_pim_key_idx ON rd.products (tenant_id, pim_key);
CREATE INDEX products_designation_key_idx ON rd.products (tenant_id, designation_key);

CREATE TABLE rd.materials (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  color text NOT NULL,
  metallic real NOT NULL,
  roughness real NOT NULL,
  UNIQUE (tenant_id, name)
);

CREATE TABLE rd.material_mappings (
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  cad_material text NOT NULL,
  -- null: unmapped
  material_id uuid REFERENCES rd.materials (id),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, cad_material)
);

CREATE TABLE rd.output_types (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  name text NOT NULL,
  description text NOT NULL DEFAULT '',
  is_default boolean NOT NULL DEFAULT false,
  settings jsonb NOT NULL,
  UNIQUE (tenant_id, name)
);

-- A frozen set of products; the ids are one array because a selection is only ever read and written whole.
CREATE TABLE rd.selections (
  id text PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES rd.users (id) ON DELETE CASCADE,
  label text NOT NULL,
  product_ids uuid[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX selections_expiry_idx ON rd.selections (tenant_id, expires_at);

CREATE TABLE rd.orders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  number text NOT NULL,
  status text NOT NULL CHECK (status IN
    ('draft', 'queued', 'running', 'done', 'done_with_failures', 'failed', 'cancelling', 'cancelled')),
  output_type_id uuid NOT NULL REFERENCES rd.output_types (id),
  output_type_name text NOT NULL,
  -- The output type's settings at the time of the order.
  base_settings jsonb NOT NULL,
  render_overrides jsonb NOT NULL DEFAULT '{}',
  material_override text,
  created_by uuid NOT NULL REFERENCES rd.users (id),
  -- Counted up with every change of the order; snapshots of dry runs compare it.
  revision integer NOT NULL DEFAULT 0,
  lines_total integer NOT NULL DEFAULT 0,
  lines_queued integer NOT NULL DEFAULT 0,
  lines_running integer NOT NULL DEFAULT 0,
  lines_done integer NOT NULL DEFAULT 0,
  lines_failed integer NOT NULL DEFAULT 0,
  lines_cancelled integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  dispatched_at timestamptz,
  finished_at timestamptz,
  UNIQUE (tenant_id, number)
);
CREATE INDEX orders_list_idx ON rd.orders (tenant_id, created_at DESC, id DESC);
CREATE INDEX orders_status_idx ON rd.orders (tenant_id, status, created_at DESC);

CREATE TABLE rd.order_lines (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  order_id uuid NOT NULL REFERENCES rd.orders (id) ON DELETE CASCADE,
  position integer NOT NULL,
  product_id uuid NOT NULL REFERENCES rd.products (id),
  status text NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  -- The newest attempt.
  render_id uuid,
  attempts integer NOT NULL DEFAULT 0,
  error text,
  UNIQUE (order_id, position)
);
CREATE INDEX order_lines_tenant_idx ON rd.order_lines (tenant_id, order_id, position);
CREATE INDEX order_lines_product_idx ON rd.order_lines (tenant_id, product_id);

CREATE TABLE rd.renders (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  order_id uuid NOT NULL REFERENCES rd.orders (id) ON DELETE CASCADE,
  line_id uuid NOT NULL REFERENCES rd.order_lines (id) ON DELETE CASCADE,
  attempt integer NOT NULL,
  status text NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  progress real NOT NULL DEFAULT 0,
  settings jsonb NOT NULL,
  material_override text,
  error text,
  failure_reason text,
  -- Key in the image store; set by one conditional update, so that a second attempt changes nothing.
  image_key text,
  image_bytes integer,
  log jsonb NOT NULL DEFAULT '[]',
  duration_ms integer,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  UNIQUE (line_id, attempt)
);
CREATE INDEX renders_order_idx ON rd.renders (tenant_id, order_id);
CREATE INDEX renders_created_idx ON rd.renders (tenant_id, created_at);

CREATE TABLE rd.order_history (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  order_id uuid NOT NULL REFERENCES rd.orders (id) ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  actor text NOT NULL,
  origin text NOT NULL,
  event text NOT NULL,
  text text NOT NULL
);
CREATE INDEX order_history_idx ON rd.order_history (tenant_id, order_id, id);

-- The first answer to a change, given again to whoever repeats its key.
CREATE TABLE rd.idempotency_keys (
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES rd.users (id) ON DELETE CASCADE,
  key text NOT NULL,
  request_hash text NOT NULL,
  status integer NOT NULL,
  answer jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (user_id, key)
);
CREATE INDEX idempotency_age_idx ON rd.idempotency_keys (tenant_id, created_at);

CREATE TABLE rd.chat_sessions (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES rd.users (id) ON DELETE CASCADE,
  title text NOT NULL,
  pinned boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX chat_sessions_user_idx ON rd.chat_sessions (tenant_id, user_id, updated_at DESC);

CREATE TABLE rd.chat_messages (
  id uuid PRIMARY KEY,
  -- Order of arrival: two messages of one millisecond keep theirs.
  seq bigint GENERATED ALWAYS AS IDENTITY,
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES rd.users (id) ON DELETE CASCADE,
  session_id uuid NOT NULL REFERENCES rd.chat_sessions (id) ON DELETE CASCADE,
  role varchar(20) NOT NULL CHECK (role IN ('user', 'assistant', 'system')),
  content text NOT NULL,
  context_type varchar(50) CHECK (context_type IN ('order', 'product', 'general')),
  context_id text,
  selection_id text,
  token_count integer,
  status text NOT NULL CHECK (status IN ('running', 'waiting', 'done', 'failed', 'interrupted')),
  error jsonb,
  desk_id text,
  lease_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX chat_messages_session_idx ON rd.chat_messages (tenant_id, session_id, seq);

-- The journal of tool calls; hangs on its message by position, its state changes by compare-and-set.
CREATE TABLE rd.tool_calls (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES rd.users (id) ON DELETE CASCADE,
  message_id uuid NOT NULL REFERENCES rd.chat_messages (id) ON DELETE CASCADE,
  step integer NOT NULL,
  position integer NOT NULL,
  model_call_id text NOT NULL,
  said text,
  tool text NOT NULL,
  arguments jsonb NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'awaiting', 'approved', 'running', 'done', 'failed', 'unknown',
    'rejected', 'expired', 'cancelled')),
  result jsonb,
  effect jsonb,
  snapshot text,
  idempotency_key text,
  decided_by text,
  decided_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (message_id, position)
);
CREATE INDEX tool_calls_awaiting_idx ON rd.tool_calls (tenant_id, user_id) WHERE state = 'awaiting';

CREATE TABLE rd.usage_reservations (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES rd.users (id) ON DELETE CASCADE,
  message_id uuid,
  month text NOT NULL,
  estimated_tokens integer NOT NULL,
  -- null until settled
  tokens integer,
  is_estimate boolean NOT NULL DEFAULT false,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX usage_month_idx ON rd.usage_reservations (tenant_id, month);

-- State changes wait here, written in the change's own transaction, until the sequencer numbers them.
CREATE TABLE rd.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  event jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE rd.events (
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  seq bigint NOT NULL,
  event jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, seq)
);
CREATE INDEX events_age_idx ON rd.events (at);

CREATE TABLE rd.event_counters (
  tenant_id uuid PRIMARY KEY REFERENCES rd.tenants (id) ON DELETE CASCADE,
  seq bigint NOT NULL
);
