-- Renders under failure: who holds a render, which state may follow which, what nobody works on any more, and who renders.

ALTER TABLE rd.renders
  -- Token of the claim that may end this render. A worker that was presumed dead holds an older one and changes nothing.
  ADD COLUMN claim uuid,
  -- Name of the worker that holds or held it.
  ADD COLUMN worker text;

-- Since when a cancellation waits for running renders to stop.
ALTER TABLE rd.orders ADD COLUMN cancelling_since timestamptz;

-- What is still open is little beside what ever was.
CREATE INDEX renders_unfinished_idx ON rd.renders (created_at) WHERE status IN ('queued', 'running');

-- The states and their followers, as pipeline/domain/orders/states.ts has them (a test compares every pair): whatever
-- writes a state, by whichever way, writes a legal one.
CREATE FUNCTION rd.keep_states() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
BEGIN
  IF NOT (OLD.status || '>' || NEW.status) = ANY (string_to_array(TG_ARGV[0], ' ')) THEN
    RAISE EXCEPTION '% % cannot go from % to %', TG_TABLE_NAME, OLD.id, OLD.status, NEW.status
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION rd.keep_states() FROM PUBLIC;

CREATE TRIGGER keep_states BEFORE UPDATE OF status ON rd.orders
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION rd.keep_states(
    'draft>queued draft>cancelled queued>running queued>done queued>done_with_failures queued>failed queued>cancelling queued>cancelled running>done running>done_with_failures running>failed running>cancelling running>cancelled cancelling>cancelled cancelling>done cancelling>done_with_failures cancelling>failed done_with_failures>queued failed>queued');
CREATE TRIGGER keep_states BEFORE UPDATE OF status ON rd.order_lines
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION rd.keep_states(
    'queued>running queued>failed queued>cancelled running>queued running>done running>failed running>cancelled failed>queued');
CREATE TRIGGER keep_states BEFORE UPDATE OF status ON rd.renders
  FOR EACH ROW WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION rd.keep_states(
    'queued>running queued>failed queued>cancelled running>queued running>done running>failed running>cancelled');

-- What nobody works on any more, over all tenants: open renders without a live job, and renders of a cancelled order
-- whose worker does not answer. It runs as rd_owner and gives ids only; whoever acts on them does so inside the tenant.
-- The query views read as rd_owner too, so the policies open only for sessions whose login may call the function.
CREATE POLICY supervisor ON rd.renders FOR SELECT TO rd_owner
  USING ((SELECT has_function_privilege(session_user, 'rd.stuck_renders(integer)', 'EXECUTE')));
CREATE POLICY supervisor ON rd.orders FOR SELECT TO rd_owner
  USING ((SELECT has_function_privilege(session_user, 'rd.stuck_renders(integer)', 'EXECUTE')));
CREATE FUNCTION rd.stuck_renders(most integer DEFAULT 500)
RETURNS TABLE (tenant_id uuid, render_id uuid, trouble text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
  -- One process at a time looks.
  IF NOT pg_try_advisory_xact_lock(7203115, 2) THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT r.tenant_id, r.id, 'no job'::text
    FROM rd.renders r
    WHERE r.status IN ('queued', 'running') AND r.created_at < now() - interval '20 seconds'
      AND NOT EXISTS (
        SELECT 1 FROM pgboss.job j WHERE j.name = 'render' AND j.id = r.id AND j.state IN ('created', 'retry', 'active'))
    ORDER BY r.created_at LIMIT most;
  RETURN QUERY
    SELECT r.tenant_id, r.id, 'not stopping'::text
    FROM rd.orders o JOIN rd.renders r ON r.order_id = o.id
    WHERE o.status = 'cancelling' AND o.cancelling_since < now() - interval '10 seconds' AND r.status = 'running'
    LIMIT most;
END
$$;
REVOKE ALL ON FUNCTION rd.stuck_renders(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rd.stuck_renders(integer) TO rd_worker;
CREATE INDEX orders_cancelling_idx ON rd.orders (cancelling_since) WHERE status = 'cancelling';

-- Who renders. Of no tenant: workers serve all of them.
GRANT USAGE ON SCHEMA rd_meta TO rd_api, rd_worker;
CREATE TABLE rd_meta.workers (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  host text NOT NULL,
  pid integer NOT NULL,
  renderer text NOT NULL,
  concurrency integer NOT NULL,
  rendering integer NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT ON rd_meta.workers TO rd_api, rd_worker;
GRANT INSERT, UPDATE, DELETE ON rd_meta.workers TO rd_worker;
