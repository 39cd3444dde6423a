-- Standing approvals of a chat, and each user's own word on when a change of the assistant asks.

ALTER TABLE rd.users ADD COLUMN approval_policy text NOT NULL DEFAULT 'always'
  CHECK (approval_policy IN ('always', 'above_limits', 'never'));
GRANT UPDATE (approval_policy) ON rd.users TO rd_api;

CREATE TABLE rd.approval_grants (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  user_id uuid NOT NULL REFERENCES rd.users (id) ON DELETE CASCADE,
  session_id uuid NOT NULL REFERENCES rd.chat_sessions (id) ON DELETE CASCADE,
  tool text NOT NULL,
  kind text NOT NULL,
  -- Of one change, and how many changes in all.
  max_items integer NOT NULL CHECK (max_items >= 0),
  max_changes integer NOT NULL CHECK (max_changes BETWEEN 1 AND 100),
  used_changes integer NOT NULL DEFAULT 0 CHECK (used_changes BETWEEN 0 AND max_changes),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);
CREATE INDEX approval_grants_session_idx ON rd.approval_grants (tenant_id, session_id);

ALTER TABLE rd.approval_grants ENABLE ROW LEVEL SECURITY;
ALTER TABLE rd.approval_grants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rd.approval_grants TO rd_api, rd_worker
  USING (tenant_id = (SELECT rd.current_tenant())) WITH CHECK (tenant_id = (SELECT rd.current_tenant()));
GRANT SELECT, INSERT ON rd.approval_grants TO rd_api;
GRANT UPDATE (used_changes, revoked_at) ON rd.approval_grants TO rd_api;
