-- Roles carry a prefix of their database (the migrator puts it into this text), so that two databases on one server do
-- not share them. The tenant of a query session is read from exactly that name, in whole, of the role that logged in.
CREATE OR REPLACE FUNCTION rd.query_tenant() RETURNS uuid
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog
AS $$ SELECT substring(session_user::text FROM '^rd_q_([0-9a-f]{32})$')::uuid $$;
