-- Accounts and the tenant's own library, written through the API.

-- A user who was invited has no password yet. The address of an invited user is only a wish: it names somebody in all
-- tenants once that person has joined, so inviting tells nobody whether another company has the address (decision 0056).
ALTER TABLE rd.users ALTER COLUMN password_hash DROP NOT NULL;
ALTER TABLE rd.users ADD COLUMN joined_at timestamptz DEFAULT now();
ALTER TABLE rd.users ADD CONSTRAINT users_join_to_get_a_password CHECK (joined_at IS NOT NULL OR password_hash IS NULL);
DROP INDEX rd.users_email_key;
CREATE UNIQUE INDEX users_email_key ON rd.users (lower(email)) WHERE joined_at IS NOT NULL;
CREATE UNIQUE INDEX users_tenant_email_key ON rd.users (tenant_id, lower(email));
CREATE INDEX users_list_idx ON rd.users (tenant_id, lower(name), id);
DROP INDEX rd.users_tenant_idx;
DROP POLICY login ON rd.users;
CREATE POLICY login ON rd.users FOR SELECT TO rd_api
  USING (lower(email) = nullif(current_setting('rd.login_email', true), '') AND joined_at IS NOT NULL);
GRANT INSERT ON rd.users TO rd_api;
GRANT UPDATE (name, role, password_hash, disabled_at, joined_at) ON rd.users TO rd_api;
GRANT DELETE ON rd.tokens TO rd_api;
CREATE INDEX tokens_expiry_idx ON rd.tokens (tenant_id, expires_at);

-- One-time codes to set a password with: one for each user at a time, stored as a hash.
CREATE TABLE rd.account_codes (
  user_id uuid PRIMARY KEY REFERENCES rd.users (id) ON DELETE CASCADE,
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  code_hash text NOT NULL UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX account_codes_expiry_idx ON rd.account_codes (tenant_id, expires_at);
ALTER TABLE rd.account_codes ENABLE ROW LEVEL SECURITY;
ALTER TABLE rd.account_codes FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant ON rd.account_codes TO rd_api
  USING (tenant_id = (SELECT rd.current_tenant())) WITH CHECK (tenant_id = (SELECT rd.current_tenant()));
-- Whoever brings a code has no tenant yet: it shows itself, as a token does.
CREATE POLICY bearer ON rd.account_codes FOR SELECT TO rd_api
  USING (code_hash = nullif(current_setting('rd.token_hash', true), ''));
GRANT SELECT, INSERT, UPDATE, DELETE ON rd.account_codes TO rd_api;

-- Sign-ins that failed, counted for all API processes. Before a sign-in there is no tenant, so the counters lie in a
-- schema that no role may enter; the functions below are the only way in. Keys are hashes; what they stand for is
-- written nowhere.
CREATE SCHEMA rd_auth;
CREATE TABLE rd_auth.attempts (
  key text PRIMARY KEY,
  failures integer NOT NULL,
  until timestamptz NOT NULL
);
CREATE INDEX attempts_until_idx ON rd_auth.attempts (until);

-- Holds the keys until the transaction ends, in one order for everybody, so that two attempts never wait for each other.
-- Rows would not do: one that is deleted and made anew between two statements is locked out of turn.
CREATE FUNCTION rd_auth.hold(keys text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog
AS $$
DECLARE
  lock bigint;
BEGIN
  FOR lock IN SELECT DISTINCT hashtextextended(k, 7203115) FROM unnest(keys) AS k ORDER BY 1 LOOP
    PERFORM pg_advisory_xact_lock(lock);
  END LOOP;
END
$$;
REVOKE ALL ON FUNCTION rd_auth.hold(text[]) FROM PUBLIC;

-- Counts an attempt under every key before its password is looked at, so that many at once are not more than one after
-- the other. Answers 0, or the seconds to wait where a key has had its `most` failures; then nothing is counted.
CREATE FUNCTION rd.begin_attempt(keys text[], most integer[], window_s integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
DECLARE
  most_rows CONSTANT integer := 100000;
  wait integer;
BEGIN
  PERFORM rd_auth.hold(keys);
  INSERT INTO rd_auth.attempts AS a (key, failures, until)
    SELECT k, 1, clock_timestamp() + make_interval(secs => window_s) FROM unnest(keys) AS k ORDER BY k
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN a.until > clock_timestamp() THEN a.failures + 1 ELSE 1 END,
      until = CASE WHEN a.until > clock_timestamp() THEN a.until ELSE excluded.until END;
  SELECT max(ceil(extract(epoch FROM a.until - clock_timestamp())))::integer INTO wait
    FROM unnest(keys, most) AS k (key, most) JOIN rd_auth.attempts a ON a.key = k.key WHERE a.failures > k.most;
  IF wait IS NOT NULL THEN
    UPDATE rd_auth.attempts a SET failures = a.failures - 1 WHERE a.key = ANY (keys);
    RETURN greatest(wait, 1);
  END IF;
  -- Whoever sends from very many addresses pushes out the oldest counters; the table does not grow.
  IF (SELECT count(*) FROM (SELECT 1 FROM rd_auth.attempts LIMIT most_rows + 1) AS counted) > most_rows THEN
    DELETE FROM rd_auth.attempts WHERE key IN
      (SELECT a.key FROM rd_auth.attempts a ORDER BY a.until LIMIT most_rows / 10 FOR UPDATE SKIP LOCKED);
  END IF;
  RETURN 0;
END
$$;

-- The attempt was right: it was no failure, and the first key's earlier ones are forgiven.
CREATE FUNCTION rd.forgive_attempt(keys text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog
AS $$
BEGIN
  PERFORM rd_auth.hold(keys);
  DELETE FROM rd_auth.attempts a WHERE a.key = keys[1];
  UPDATE rd_auth.attempts a SET failures = greatest(a.failures - 1, 0) WHERE a.key = ANY (keys[2:]);
END
$$;

CREATE FUNCTION rd.prune_attempts() RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog
AS $$
  WITH gone AS (
    DELETE FROM rd_auth.attempts WHERE key IN
      (SELECT a.key FROM rd_auth.attempts a WHERE a.until < clock_timestamp() FOR UPDATE SKIP LOCKED)
    RETURNING 1)
  SELECT count(*)::integer FROM gone
$$;
REVOKE ALL ON FUNCTION rd.begin_attempt(text[], integer[], integer), rd.forgive_attempt(text[]), rd.prune_attempts() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION rd.begin_attempt(text[], integer[], integer), rd.forgive_attempt(text[]), rd.prune_attempts() TO rd_api;

-- An output type that orders were made with is kept for them, but offered no longer.
ALTER TABLE rd.output_types ADD COLUMN archived_at timestamptz;
CREATE UNIQUE INDEX output_types_one_default ON rd.output_types (tenant_id) WHERE is_default;
ALTER TABLE rd.output_types ADD CONSTRAINT output_types_default_is_offered CHECK (NOT is_default OR archived_at IS NULL);
CREATE INDEX orders_output_type_idx ON rd.orders (tenant_id, output_type_id);
CREATE INDEX material_mappings_material_idx ON rd.material_mappings (tenant_id, material_id);

GRANT INSERT, UPDATE ON rd.products, rd.categories TO rd_api;
GRANT INSERT, UPDATE, DELETE ON rd.output_types, rd.materials TO rd_api;

CREATE OR REPLACE VIEW rd_views.output_types WITH (security_barrier) AS
  SELECT id, name, description, is_default, settings, settings ->> 'format' AS format,
         (settings ->> 'width')::integer AS width, (settings ->> 'height')::integer AS height,
         (settings ->> 'quality')::integer AS quality, settings ->> 'background' AS background,
         (settings ->> 'samples')::integer AS samples, settings ->> 'camera' AS camera, archived_at IS NOT NULL AS archived
  FROM rd.output_types;
COMMENT ON COLUMN rd_views.output_types.archived IS 'True where it is kept for its orders and offered no longer';
