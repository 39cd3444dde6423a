-- Images in the database, where no other store is given. Content-addressed within a tenant: the same bytes are kept once,
-- in chunks, so that no row grows large. A tenant never learns from it what another tenant has.

CREATE TABLE rd.image_contents (
  tenant_id uuid NOT NULL REFERENCES rd.tenants (id) ON DELETE CASCADE,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  bytes integer NOT NULL CHECK (bytes >= 0),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, sha256)
);

CREATE TABLE rd.image_chunks (
  tenant_id uuid NOT NULL,
  sha256 bytea NOT NULL,
  position integer NOT NULL,
  data bytea NOT NULL,
  PRIMARY KEY (tenant_id, sha256, position),
  FOREIGN KEY (tenant_id, sha256) REFERENCES rd.image_contents (tenant_id, sha256) ON DELETE CASCADE
);
-- Images are compressed already.
ALTER TABLE rd.image_chunks ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE rd.image_files (
  tenant_id uuid NOT NULL,
  key text NOT NULL,
  sha256 bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant_id, key),
  FOREIGN KEY (tenant_id, sha256) REFERENCES rd.image_contents (tenant_id, sha256)
);
CREATE INDEX image_files_contents_idx ON rd.image_files (tenant_id, sha256);

DO $wall$
DECLARE
  t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['image_contents', 'image_chunks', 'image_files'] LOOP
    EXECUTE format('ALTER TABLE rd.%I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE rd.%I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY tenant ON rd.%I TO rd_api, rd_worker
      USING (tenant_id = (SELECT rd.current_tenant())) WITH CHECK (tenant_id = (SELECT rd.current_tenant()))', t);
    EXECUTE format('GRANT SELECT ON rd.%I TO rd_api, rd_worker', t);
    EXECUTE format('GRANT INSERT, DELETE ON rd.%I TO rd_worker', t);
  END LOOP;
END
$wall$;
-- Locking a row takes a right to change it; nothing changes this column.
GRANT UPDATE (created_at) ON rd.image_contents TO rd_worker;
