-- The wall between tenants (DESIGN.md 6.2, 6.3). rd_owner owns all and cannot log in; rd_api and rd_worker log in, own
-- nothing and see one tenant: the one that withTenant() named for this transaction. rd_query is the no-login group that
-- holds the grants on the documented views; the tenants' own roles rd_q_<tenant id> are its members.

CREATE FUNCTION rd.current_tenant() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT nullif(current_setting('rd.tenant', true), '')::uuid $$;

-- The tenant of a query session, from the role that logged in; no SELECT can change session_user.
CREATE FUNCTION rd.query_tenant() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT CASE WHEN session_user LIKE 'rd\_q\_%' AND length(session_user) = 37
                  THEN substr(session_user, 6)::uuid END $$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA rd FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rd.current_tenant(), rd.query_tenant() TO rd_api, rd_worker, rd_query;
GRANT USAGE ON SCHEMA rd TO rd_api, rd_worker;

DO $wall$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY[
    'tenant_config', 'tenant_counters', 'users', 'tokens', 'categories', 'products', 'materials',
    'material_mappings', 'output_types', 'selections', 'orders', 'order_lines', 'renders', 'order_history',
    'idempotency_keys', 'chat_sessions', 'chat_messages', 'tool_calls', 'usage_reservations', 'outbox', 'events',
    'event_counters'
  ] LOOP
    EXECUTE format('ALTER TABLE rd.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE rd.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON rd.%I TO rd_api, rd_worker
      USING (tenant_id = (SELECT rd.current_tenant())) WITH CHECK (tenant_id = (SELECT rd.current_tenant()))', t);
  END LOOP;
END
$wall$;

ALTER TABLE rd.tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE rd.tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rd.tenants FOR SELECT TO rd_api, rd_worker USING (id = (SELECT rd.current_tenant()));

-- Sign-in knows no tenant yet: it may see the one user of that address, the one token of that hash, nothing else.
CREATE POLICY login ON rd.users FOR SELECT TO rd_api
  USING (lower(email) = nullif(current_setting('rd.login_email', true), ''));
CREATE POLICY bearer ON rd.tokens FOR SELECT TO rd_api
  USING (token_hash = nullif(current_setting('rd.token_hash', true), ''));

GRANT SELECT ON rd.tenants, rd.users, rd.categories, rd.products, rd.materials, rd.output_types TO rd_api, rd_worker;
GRANT SELECT, INSERT, UPDATE ON rd.tenant_config, rd.tenant_counters, rd.tokens TO rd_api;
GRANT INSERT, UPDATE ON rd.categories, rd.products, rd.materials, rd.output_types TO rd_api;
GRANT SELECT ON rd.tenant_config TO rd_worker;
GRANT SELECT, INSERT, UPDATE ON rd.material_mappings TO rd_api;
GRANT SELECT ON rd.material_mappings TO rd_worker;
GRANT SELECT, INSERT, DELETE ON rd.selections TO rd_api;
GRANT SELECT, INSERT, UPDATE ON rd.orders, rd.order_lines, rd.renders TO rd_api, rd_worker;
GRANT SELECT, INSERT ON rd.order_history, rd.outbox TO rd_api, rd_worker;
GRANT SELECT, INSERT, DELETE ON rd.idempotency_keys TO rd_api;
GRANT SELECT, INSERT, UPDATE, DELETE ON rd.chat_sessions, rd.chat_messages, rd.tool_calls TO rd_api;
GRANT SELECT, INSERT, UPDATE ON rd.usage_reservations TO rd_api;
GRANT SELECT ON rd.events, rd.event_counters TO rd_api;

-- The sequencer: takes committed outbox rows, numbers them per tenant without gaps and tells the listeners. One runs at
-- a time. It runs as rd_owner, whose policies open just these three tables; no text from outside reaches it.
CREATE POLICY sequencer ON rd.outbox TO rd_owner USING (true) WITH CHECK (true);
CREATE POLICY sequencer ON rd.events TO rd_owner USING (true) WITH CHECK (true);
CREATE POLICY sequencer ON rd.event_counters TO rd_owner USING (true) WITH CHECK (true);

CREATE FUNCTION rd.sequence_events(batch integer DEFAULT 1000) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  item record;
  next_seq bigint;
  numbered integer := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(7203115, 1) THEN
    RETURN 0;
  END IF;
  FOR item IN SELECT id, tenant_id, event, created_at FROM rd.outbox ORDER BY id LIMIT batch FOR UPDATE SKIP LOCKED LOOP
    INSERT INTO rd.event_counters AS c (tenant_id, seq) VALUES (item.tenant_id, 1)
      ON CONFLICT (tenant_id) DO UPDATE SET seq = c.seq + 1 RETURNING seq INTO next_seq;
    INSERT INTO rd.events (tenant_id, seq, event, at) VALUES (item.tenant_id, next_seq, item.event, item.created_at);
    DELETE FROM rd.outbox WHERE id = item.id;
    numbered := numbered + 1;
  END LOOP;
  IF numbered > 0 THEN
    PERFORM pg_notify('rd_events', '');
  END IF;
  RETURN numbered;
END
$$;

CREATE FUNCTION rd.prune_events() RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$
  WITH gone AS (DELETE FROM rd.events WHERE at < now() - interval '24 hours' RETURNING 1)
  SELECT count(*)::integer FROM gone
$$;
REVOKE ALL ON FUNCTION rd.sequence_events(integer), rd.prune_events() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rd.sequence_events(integer), rd.prune_events() TO rd_api;

-- A change wakes the sequencer when it commits.
CREATE FUNCTION rd.notify_outbox() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$ BEGIN PERFORM pg_notify('rd_outbox', ''); RETURN NULL; END $$;
CREATE TRIGGER outbox_notify AFTER INSERT ON rd.outbox FOR EACH STATEMENT EXECUTE FUNCTION rd.notify_outbox();
REVOKE ALL ON FUNCTION rd.notify_outbox() FROM PUBLIC;
