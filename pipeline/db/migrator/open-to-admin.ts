import type { Client } from 'pg';
import type { RoleNames } from '../roles.ts';

/**
 * Opens every table of `rd`, whichever migration made it, to the admins' group: one tenant where the transaction names
 * one, else all. And lets the weak roles see which migrations ran. Runs as the owner, after the migrations.
 */
export async function openToAdmin(client: Client, roles: RoleNames): Promise<void> {
  await client.query(`
    DO $open$
    DECLARE
      t record;
      column_name text;
    BEGIN
      FOR t IN
        SELECT c.oid::regclass AS name, c.relname FROM pg_class c
        WHERE c.relnamespace = 'rd'::regnamespace AND c.relkind IN ('r', 'p')
          AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'admin')
      LOOP
        column_name := CASE t.relname WHEN 'tenants' THEN 'id' ELSE 'tenant_id' END;
        EXECUTE format(
          'CREATE POLICY admin ON %s TO ${roles.admin}
             USING ((SELECT rd.current_tenant()) IS NULL OR %I = (SELECT rd.current_tenant()))
             WITH CHECK ((SELECT rd.current_tenant()) IS NULL OR %I = (SELECT rd.current_tenant()))',
          t.name, column_name, column_name);
      END LOOP;
    END
    $open$;
    GRANT USAGE ON SCHEMA rd TO ${roles.admin};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA rd TO ${roles.admin};
    GRANT EXECUTE ON FUNCTION rd.current_tenant() TO ${roles.admin};
    GRANT USAGE ON SCHEMA rd_meta TO ${roles.api}, ${roles.worker}, ${roles.admin};
    GRANT SELECT ON rd_meta.migrations TO ${roles.api}, ${roles.worker}, ${roles.admin};`);
}
