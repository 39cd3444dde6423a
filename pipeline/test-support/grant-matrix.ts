import type { Client } from 'pg';
import type { RoleNames } from '../db/index.ts';

/** Who may do what with each object of ours, besides its owner. Days' partitions of statistics come and go. */
const GRANTS = `
  WITH held AS (
    SELECT 'database' AS kind, 'DATABASE' AS name, a.grantee, a.privilege_type FROM pg_database d, aclexplode(d.datacl) a
    WHERE d.datname = current_database() AND a.grantee <> d.datdba
    UNION ALL
    SELECT 'schema', n.nspname, a.grantee, a.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) a
    WHERE n.nspname !~ '^pg_|^information_schema$' AND a.grantee <> n.nspowner
    UNION ALL
    SELECT CASE c.relkind WHEN 'S' THEN 'sequence' WHEN 'v' THEN 'view' ELSE 'table' END,
      n.nspname::text || '.' || c.relname, a.grantee, a.privilege_type
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
    WHERE n.nspname !~ '^pg_|^information_schema$' AND a.grantee <> c.relowner AND c.relname !~ '^queue_stats_\\d'
    UNION ALL
    SELECT 'column', n.nspname::text || '.' || c.relname || '.' || t.attname, a.grantee, a.privilege_type
    FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(t.attacl) a
    WHERE n.nspname !~ '^pg_|^information_schema$'
    UNION ALL
    SELECT 'function', n.nspname::text || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
      a.grantee, a.privilege_type
    FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    WHERE n.nspname !~ '^pg_|^information_schema$' AND a.grantee <> p.proowner
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
  )
  SELECT kind || ' ' || name || ': ' || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(grantee) END || ' '
    || string_agg(privilege_type, ', ' ORDER BY privilege_type) AS line
  FROM held GROUP BY kind, name, grantee`;

const POLICIES = `
  SELECT 'policy ' || schemaname || '.' || tablename || ' ' || policyname || ': ' || cmd || ' to '
    || (SELECT string_agg(r, ', ' ORDER BY r) FROM unnest(roles::text[]) r)
    || coalesce(' using ' || qual, '') || coalesce(' check ' || with_check, '') AS line
  FROM pg_policies`;

/** Every grant and every policy of the database as lines that are the same whatever the database is called. */
export async function grantMatrix(client: Client, roles: RoleNames): Promise<string> {
  const lines: string[] = [];
  for (const text of [GRANTS, POLICIES]) {
    const { rows } = await client.query<{ line: string }>(text);
    lines.push(...rows.map(({ line }) => line.replaceAll(roles.prefix + '_', 'rd_').replaceAll(/\s+/g, ' ')));
  }
  return `${lines.sort().join('\n')}\n`;
}
