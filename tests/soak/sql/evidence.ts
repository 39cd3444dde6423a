import type { Target } from './target.ts';

/**
 * A fingerprint of everything a query could have written: each row of each table of every tenant, the roles with their
 * settings and memberships, the objects of the database, large objects and sequences.
 */
export async function fingerprint({ admin }: Target): Promise<string> {
  const tables = await admin.query<{ name: string }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind = 'r' AND n.nspname IN ('rd', 'rd_search', 'rd_meta') ORDER BY 1`);
  const rows = tables.rows.map(
    ({ name }) =>
      `SELECT '${name}' AS what, md5(coalesce(string_agg(md5(t::text), '' ORDER BY t::text), '')) AS sum FROM ${name} t`,
  );
  const rest = [
    "SELECT 'roles', md5(string_agg(r::text, '' ORDER BY r::text)) FROM pg_authid r",
    "SELECT 'role settings', md5(string_agg(s::text, '' ORDER BY s::text)) FROM pg_db_role_setting s",
    "SELECT 'members', md5(string_agg(m::text, '' ORDER BY m::text)) FROM pg_auth_members m",
    "SELECT 'relations', md5(string_agg(concat_ws(' ', oid, relname, relnamespace, relowner, relacl, relrowsecurity), '' ORDER BY oid)) FROM pg_class",
    "SELECT 'functions', md5(string_agg(concat_ws(' ', oid, proname, proacl, prosrc), '' ORDER BY oid)) FROM pg_proc",
    "SELECT 'policies', md5(string_agg(p::text, '' ORDER BY p::text)) FROM pg_policy p",
    "SELECT 'large objects', count(*)::text FROM pg_largeobject_metadata",
    "SELECT 'sequences', md5(string_agg(concat_ws(' ', sequencename, last_value), '' ORDER BY sequencename)) FROM pg_sequences WHERE schemaname IN ('rd', 'rd_meta')",
    "SELECT 'slots', count(*)::text FROM pg_replication_slots",
    "SELECT 'prepared', count(*)::text FROM pg_prepared_xacts",
  ];
  const answer = await admin.query<{ what: string; sum: string }>([...rows, ...rest].join(' UNION ALL '));
  return answer.rows.map(({ what, sum }) => `${what} ${sum}`).join('\n');
}

/** What differs between two fingerprints, in words; null where nothing does. */
export function difference(before: string, after: string): string | null {
  if (before === after) return null;
  const known = new Set(before.split('\n'));
  return after
    .split('\n')
    .filter((line) => !known.has(line))
    .map((line) => line.split(' ').slice(0, -1).join(' '))
    .join(', ');
}

/** Texts that no answer to the first tenant may hold: what is the other tenant's alone, and everybody's secrets. */
export async function secretsOf({ admin, connections, other }: Target): Promise<string[]> {
  const answer = await admin.query<{ text: string }>(
    `SELECT pim_id AS text FROM rd.products WHERE tenant_id = $1
     UNION SELECT u.name FROM rd.users u WHERE tenant_id = $1
     UNION SELECT u.email FROM rd.users u
     UNION SELECT u.password_hash FROM rd.users u
     UNION SELECT id::text FROM rd.materials WHERE tenant_id = $1
     UNION SELECT name FROM rd.tenants WHERE id = $1
     UNION SELECT rolpassword FROM pg_authid WHERE rolpassword IS NOT NULL`,
    [other.tenant.id],
  );
  const id = other.tenant.id;
  const more = [id, id.replaceAll('-', ''), connections.roleSecret, connections.admin?.password ?? '', 'root:x:0'];
  return [...answer.rows.map(({ text }) => text), ...more].filter((text) => text.length > 3);
}

/** Which secret the answer shows, unless the query itself brought it. */
export function shown(secrets: readonly string[], answer: string, sql: string): string | null {
  return secrets.find((secret) => answer.includes(secret) && !sql.includes(secret)) ?? null;
}
