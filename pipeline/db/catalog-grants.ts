import type { Client } from 'pg';
import type { RoleNames } from './roles.ts';

/** What changes nothing though PostgreSQL calls it volatile: open to everybody as before. */
const OPEN = ['random', 'random_normal', 'clock_timestamp', 'timeofday'];

/**
 * Functions that a query role has no use for: whatever may have a side effect (volatile: locks, notifications, large
 * objects, settings, sleeping, other sessions) and whatever tells about the server or runs SQL from a string.
 */
const CLOSED_FUNCTIONS = `(p.provolatile = 'v' OR p.proname ~
  '^(pg_|has_|lo_|txid_|inet_|row_security_active|current_setting|version$|col_description|obj_description|shobj_description|to_reg|(table|query|cursor|schema|database)_to_xml)')`;

/**
 * Closes PostgreSQL's own catalog to the query roles of this database, so that a query that got past the check still
 * finds no other tenant's role, session or row count, and no function with a side effect. Everybody had these by
 * default (PUBLIC); the pipeline's own roles and the server's monitors keep them. Only a superuser can do this: for any
 * other admin it does nothing and returns false.
 */
export async function closeCatalog(client: Client, roles: RoleNames): Promise<boolean> {
  const answer = await client.query<{ super: boolean }>(
    'SELECT rolsuper AS super FROM pg_roles WHERE rolname = current_user',
  );
  if (answer.rows[0]?.super !== true) return false;
  await client.query(closingSql([roles.owner, roles.admin, roles.api, roles.worker, 'pg_monitor']));
  return true;
}

function closingSql(trusted: readonly string[]): string {
  const names = trusted.join(', ');
  return `DO $close$
DECLARE
  item record;
BEGIN
  FOR item IN
    SELECT p.oid::regprocedure::text AS name, CASE p.prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END AS kind
    FROM pg_proc p
    WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind IN ('f', 'p') AND ${CLOSED_FUNCTIONS}
      AND p.proname <> ALL ('{${OPEN.join(',')}}')
      AND p.prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype)
      AND 'internal'::regtype <> ALL (p.proargtypes::oid[])
      AND NOT EXISTS (SELECT 1 FROM pg_operator o WHERE o.oprcode = p.oid)
      AND NOT EXISTS (SELECT 1 FROM pg_cast c WHERE c.castfunc = p.oid)
      AND EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)
  LOOP
    EXECUTE format('REVOKE ALL ON %s %s FROM PUBLIC', item.kind, item.name);
    EXECUTE format('GRANT EXECUTE ON %s %s TO ${names}', item.kind, item.name);
  END LOOP;
  FOR item IN
    SELECT c.oid::regclass::text AS name FROM pg_class c
    WHERE c.relnamespace IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace) AND c.relkind IN ('r', 'v')
      AND EXISTS (SELECT 1 FROM aclexplode(c.relacl) a WHERE a.grantee = 0)
  LOOP
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', item.name);
    EXECUTE format('GRANT SELECT ON %s TO ${names}', item.name);
  END LOOP;
  FOR item IN
    SELECT DISTINCT a.attrelid::regclass::text AS name FROM pg_attribute a, aclexplode(a.attacl) x
    WHERE x.grantee = 0 AND a.attrelid < 16384
  LOOP
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC', item.name);
  END LOOP;
  FOR item IN SELECT l.lanname AS name FROM pg_language l WHERE l.lanpltrusted
    AND EXISTS (SELECT 1 FROM aclexplode(coalesce(l.lanacl, acldefault('l', l.lanowner))) a WHERE a.grantee = 0)
  LOOP
    EXECUTE format('REVOKE ALL ON LANGUAGE %I FROM PUBLIC', item.name);
    EXECUTE format('GRANT USAGE ON LANGUAGE %I TO ${names}', item.name);
  END LOOP;
END
$close$`;
}
