import type { Client } from 'pg';
import type { RoleNames } from '../db/index.ts';

/** Our schemas, and why the tables of some stand outside the tenant wall. Any other schema is a violation. */
const SCHEMAS: Readonly<Record<string, { walled: boolean; why: string }>> = {
  rd: { walled: true, why: 'tenants’ data' },
  rd_views: { walled: true, why: 'views of the owner, filtered by session_user' },
  rd_search: {
    walled: false,
    why: 'copies for search; no role may enter the schema, definer functions hold the tenant',
  },
  rd_auth: { walled: false, why: 'counts of failed sign-ins by hash, before a tenant is known; no role may enter' },
  rd_meta: { walled: false, why: 'which migrations ran and which workers there are: no tenant’s data' },
  pgboss: { walled: false, why: 'ids only; the tables of jobs have row-level security, the others no tenant’s data' },
  public: { walled: false, why: 'empty' },
};
/** Tables of other schemas that have row-level security all the same; the owner, who supervises, is not forced. */
const JOB_TABLES = ['pgboss.job', 'pgboss.job_common'];

const NOT_OF_AN_EXTENSION = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`;
const OURS = `n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`;

/** Each query finds violations: rows with one column `v`. $1 names our schemas, $2 the walled ones, $3 the owner. */
const WALKS: readonly string[] = [
  `SELECT 'schema ' || nspname || ' is not one of ours' AS v FROM pg_namespace n WHERE ${OURS} AND n.nspname <> ALL ($1)`,
  `SELECT 'schema ' || nspname || ' is open to everybody' AS v FROM pg_namespace n
   WHERE ${OURS} AND EXISTS (SELECT 1 FROM aclexplode(n.nspacl) a WHERE a.grantee = 0)`,
  `SELECT c.oid::regclass || ' does not force row-level security' AS v FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($2) AND NOT (c.relrowsecurity AND c.relforcerowsecurity)`,
  `SELECT c.oid::regclass || ' has no policy ' || p AS v FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace,
     unnest('{tenant,admin}'::text[]) p
   WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY ($2)
     AND NOT EXISTS (SELECT 1 FROM pg_policy x WHERE x.polrelid = c.oid AND x.polname = p)`,
  `SELECT t || ' has no row-level security' AS v FROM unnest('{${JOB_TABLES.join(',')}}'::text[]) t
   WHERE NOT (SELECT c.relrowsecurity FROM pg_class c WHERE c.oid = t::regclass)`,
  `SELECT 'policy ' || p.polname || ' of ' || p.polrelid::regclass || ' is for everybody' AS v FROM pg_policy p
   WHERE 0 = ANY (p.polroles)`,
  `SELECT c.oid::regclass || ' is a ' || CASE c.relkind WHEN 'm' THEN 'materialized view' WHEN 'f' THEN 'foreign table'
     ELSE 'view outside of rd_views' END AS v FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${OURS} AND (c.relkind IN ('m', 'f') OR c.relkind = 'v' AND n.nspname <> 'rd_views')`,
  `SELECT c.oid::regclass || ' has no security_barrier' AS v FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${OURS} AND c.relkind = 'v' AND NOT coalesce('security_barrier=true' = ANY (c.reloptions), false)`,
  `SELECT c.oid::regclass || ' belongs to ' || pg_get_userbyid(c.relowner) AS v FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${OURS} AND pg_get_userbyid(c.relowner) <> $3 AND ${NOT_OF_AN_EXTENSION('pg_class', 'c.oid')}`,
  `SELECT c.oid::regclass || ' is open to everybody' AS v FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE ${OURS} AND (EXISTS (SELECT 1 FROM aclexplode(c.relacl) a WHERE a.grantee = 0)
     OR EXISTS (SELECT 1 FROM pg_attribute t, aclexplode(t.attacl) a WHERE t.attrelid = c.oid AND a.grantee = 0))`,
  `SELECT c.oid::regclass || ' may be used by ' || pg_get_userbyid(a.grantee) AS v
   FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
   WHERE n.nspname IN ('rd_search', 'rd_auth') AND a.grantee <> c.relowner`,
  `SELECT p.oid::regprocedure || ' may be called by everybody' AS v FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE ${OURS} AND ${NOT_OF_AN_EXTENSION('pg_proc', 'p.oid')}
     AND EXISTS (SELECT 1 FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a WHERE a.grantee = 0)`,
  `SELECT p.oid::regprocedure || ' has no fixed search_path' AS v FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE ${OURS} AND (n.nspname <> 'pgboss' OR p.prosecdef) AND p.prosqlbody IS NULL AND ${NOT_OF_AN_EXTENSION('pg_proc', 'p.oid')}
     AND NOT EXISTS (SELECT 1 FROM unnest(p.proconfig) s WHERE s LIKE 'search_path=pg_catalog%')`,
  `SELECT p.oid::regprocedure || ' belongs to ' || pg_get_userbyid(p.proowner) AS v FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
   WHERE ${OURS} AND pg_get_userbyid(p.proowner) <> $3 AND ${NOT_OF_AN_EXTENSION('pg_proc', 'p.oid')}`,
  `SELECT 'default privileges of ' || pg_get_userbyid(defaclrole) || ' are changed' AS v FROM pg_default_acl`,
  `SELECT 'everybody may ' || a.privilege_type || ' in the database' AS v FROM pg_database d,
     aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE d.datname = current_database() AND a.grantee = 0`,
  `SELECT r.rolname || ' is too strong' AS v FROM pg_roles r WHERE starts_with(r.rolname, $4 || '_')
     AND (r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolcreatedb OR r.rolreplication)`,
  `SELECT m.member::regrole || ' is a member of ' || m.roleid::regrole AS v FROM pg_auth_members m
   WHERE starts_with(pg_get_userbyid(m.member), $4 || '_')
     AND NOT (pg_get_userbyid(m.roleid) = $4 || '_query' AND pg_get_userbyid(m.member) ~ ('^' || $4 || '_q_[0-9a-f]{32}$'))`,
  `SELECT 'there is a large object of ' || pg_get_userbyid(lomowner) AS v FROM pg_largeobject_metadata`,
];

/** Everything in the database that stands open in the tenant wall, in sentences; nothing where it is whole. */
export async function walkCatalog(client: Client, roles: RoleNames): Promise<string[]> {
  const ours = Object.keys(SCHEMAS);
  const walled = ours.filter((name) => SCHEMAS[name]?.walled === true);
  const found: string[] = [];
  for (const walk of WALKS) {
    const uses = [ours, walled, roles.owner, roles.prefix];
    // Parameters that a walk does not use still need a type.
    const text = `WITH given AS (SELECT $1::text[], $2::text[], $3::text, $4::text) ${walk}`;
    const { rows } = await client.query<{ v: string }>(text, uses);
    found.push(...rows.map(({ v }) => v));
  }
  return found.sort();
}
