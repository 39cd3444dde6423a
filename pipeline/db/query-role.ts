import type { RoleNames } from './roles.ts';

/**
 * Settings of a tenant's query role, as written behind `ALTER ROLE … SET name =`. Some bound what a query costs, some
 * keep what the check of queries rests on (how strings are read, which schema is searched), some make answers the same
 * everywhere. The role can't change those that only a superuser may set; that it can't change the others follows from the
 * check, and from each query being a single statement.
 */
const SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['default_transaction_read_only', 'on'],
  ['search_path', 'rd_views, pg_temp'],
  ['statement_timeout', '5s'],
  // PostgreSQL 17 and later; ends the session where everything else failed.
  ['transaction_timeout', '7s'],
  ['lock_timeout', '2s'],
  ['idle_in_transaction_session_timeout', '10s'],
  ['idle_session_timeout', '60s'],
  // A query whose API process was killed ends as well.
  ['client_connection_check_interval', '1s'],
  ['work_mem', '8MB'],
  ['hash_mem_multiplier', '1'],
  ['logical_decoding_work_mem', '1MB'],
  ['maintenance_work_mem', '1MB'],
  ['temp_buffers', '1MB'],
  ['temp_file_limit', '64MB'],
  ['jit', 'off'],
  ['max_parallel_workers_per_gather', '0'],
  // The answer is read to its end (or to 1,000 rows), so plans for the first rows alone don't pay.
  ['cursor_tuple_fraction', '1'],
  ['standard_conforming_strings', 'on'],
  ['backslash_quote', 'safe_encoding'],
  ['transform_null_equals', 'off'],
  ['row_security', 'on'],
  ['DateStyle', 'ISO, YMD'],
  ['IntervalStyle', 'postgres'],
  ['TimeZone', 'UTC'],
  ['extra_float_digits', '1'],
  ['bytea_output', 'hex'],
  // A tenant's wrong SQL, and what it is made of, does not fill the server's log.
  ['log_min_messages', 'fatal'],
  ['log_min_error_statement', 'panic'],
];

/**
 * SQL that gives the settings to the database's query roles that lack them, or to one of them alone. What this server's
 * version doesn't know is left out, and what this admin may not set (see docs/query.md).
 */
export function queryRoleSettingsSql(roles: RoleNames, role?: string): string {
  const pairs = SETTINGS.map(([name, value]) => `'${name}', '${value}'`).join(', ');
  const which = role === undefined ? '' : ` AND r.rolname = '${role}'`;
  return `DO $settings$
DECLARE
  pairs text[] := ARRAY[${pairs}];
  known text[] := '{}';
  role_name text;
  n integer;
BEGIN
  FOR n IN 1 .. array_length(pairs, 1) BY 2 LOOP
    IF EXISTS (SELECT 1 FROM pg_settings s WHERE s.name = pairs[n]
        AND (s.context = 'user' OR has_parameter_privilege(s.name, 'SET'))) THEN
      known := known || pairs[n] || pairs[n + 1];
    END IF;
  END LOOP;
  FOR role_name IN
    -- By name: the admin is a member of the query roles' group as well where it made the group.
    SELECT r.rolname FROM pg_roles r LEFT JOIN pg_db_role_setting c ON c.setrole = r.oid AND c.setdatabase = 0
    WHERE r.rolname ~ '^${roles.prefix}_q_[0-9a-f]{32}$'${which} AND NOT coalesce(c.setconfig, '{}') @>
      (SELECT array_agg(known[i] || '=' || known[i + 1]) FROM generate_series(1, array_length(known, 1), 2) AS i)
  LOOP
    FOR n IN 1 .. array_length(known, 1) BY 2 LOOP
      EXECUTE format(CASE WHEN known[n] IN ('search_path', 'DateStyle') THEN 'ALTER ROLE %I SET %I = %s'
        ELSE 'ALTER ROLE %I SET %I = %L' END, role_name, known[n], known[n + 1]);
    END LOOP;
  END LOOP;
END
$settings$`;
}
