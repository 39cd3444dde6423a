-- Records: the audit of what was done, what statistics and operations read, and whose chat tokens were used in.

-- Who did what, through which door, who decided it, and what came of it. Written once and never changed: the weak roles
-- have neither UPDATE nor DELETE. It copies what it tells (names, the sentence that asked for it), so that it stays
-- whole when a user is renamed or a chat deleted.
CREATE TABLE rd.audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  at timestamptz NOT NULL DEFAULT now(),
  user_id uuid NOT NULL,
  user_name text NOT NULL,
  role text NOT NULL,
  -- The door: a click, or the assistant.
  origin text NOT NULL CHECK (origin IN ('click', 'assistant')),
  tool_call_id text,
  tool text,
  -- The user's message that the tool call belongs to.
  asked text,
  -- Who approved or rejected it: a person's name, or a policy such as 'policy:auto'.
  decided_by text,
  decided_at timestamptz,
  -- 'POST /orders/{ref}/cancel'
  action text NOT NULL,
  order_number text,
  -- What else was acted on: an e-mail address, a material, an id.
  target text,
  summary text NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('done', 'refused', 'rejected', 'expired', 'unknown')),
  -- HTTP status and, where it was refused, the problem's code.
  status integer,
  code text,
  idempotency_key text
);
CREATE INDEX audit_list_idx ON rd.audit (tenant_id, id DESC);
CREATE INDEX audit_at_idx ON rd.audit (tenant_id, at);
CREATE INDEX audit_user_idx ON rd.audit (tenant_id, user_id, id DESC);
CREATE INDEX audit_order_idx ON rd.audit (tenant_id, order_number, id DESC) WHERE order_number IS NOT NULL;
ALTER TABLE rd.audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE rd.audit FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rd.audit TO rd_api, rd_worker
  USING (tenant_id = (SELECT rd.current_tenant())) WITH CHECK (tenant_id = (SELECT rd.current_tenant()));
GRANT SELECT, INSERT ON rd.audit TO rd_api;

-- Statistics read a period from the index alone: the rows themselves are wide (settings, log).
DROP INDEX rd.renders_created_idx;
CREATE INDEX renders_created_idx ON rd.renders (tenant_id, created_at)
  INCLUDE (status, duration_ms, started_at, failure_reason, order_id);
CREATE INDEX renders_finished_idx ON rd.renders (tenant_id, finished_at) INCLUDE (status) WHERE finished_at IS NOT NULL;
-- What waits or runs now is a small part of all there is.
CREATE INDEX renders_open_idx ON rd.renders (tenant_id, status, created_at) WHERE status IN ('queued', 'running');

-- The chat that tokens were used in; no reference, for the usage of a deleted chat still counts.
ALTER TABLE rd.usage_reservations ADD COLUMN session_id uuid;
CREATE INDEX usage_session_idx ON rd.usage_reservations (tenant_id, user_id, month);

CREATE INDEX tool_calls_user_idx ON rd.tool_calls (tenant_id, user_id, created_at);

-- For /metrics: how far the sequencer is behind. Counts only, of no tenant in particular.
CREATE FUNCTION rd.outbox_backlog(OUT waiting bigint, OUT oldest_seconds double precision)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$ SELECT count(*), coalesce(extract(epoch FROM now() - min(created_at)), 0) FROM rd.outbox $$;

-- For /health: the newest migration that ran.
CREATE FUNCTION rd.schema_level() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog
AS $$ SELECT max(name) FROM rd_meta.migrations $$;
REVOKE ALL ON FUNCTION rd.outbox_backlog(), rd.schema_level() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rd.outbox_backlog(), rd.schema_level() TO rd_api, rd_worker;
