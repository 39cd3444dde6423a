import type { ClientBase } from 'pg';
import { tableName, type Manifest, type TableSpec } from './manifest.ts';

/**
 * Tables that stay out of a backup. Tokens and codes of invitations: one that was revoked or used since would be valid
 * again. Failed sign-ins: of the moment. Events: after a restore every listener loads anew. Images go along as such, so that they can be put into another store.
 */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'rd.tokens',
  'rd.account_codes',
  'rd_auth.attempts',
  'rd.events',
  'rd.image_contents',
  'rd.image_chunks',
  'rd.image_files',
]);

/** Every table of ours, those that are left out of a backup included. The migrator's own schema is not data. */
const OURS = `c.relkind = 'r' AND n.nspname ~ '^rd(_|$)' AND n.nspname <> 'rd_meta'`;

/** The tables to back up, each after those it refers to. */
export async function listTables(client: ClientBase): Promise<TableSpec[]> {
  const answer = await client.query<TableSpec & { refers_to: string[] }>(`
    SELECT n.nspname AS schema, c.relname AS name,
      (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
       WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
      ARRAY(SELECT format('%s.%s', fn.nspname, f.relname) FROM pg_constraint k
            JOIN pg_class f ON f.oid = k.confrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
            WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS refers_to
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${OURS} ORDER BY 1, 2`);
  const waiting = answer.rows.filter((table) => !LEFT_OUT.has(tableName(table)));
  const sorted: TableSpec[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ refers_to: others }) => !waiting.some((one) => others.includes(tableName(one))));
    const [next] = waiting.splice(free, 1);
    if (free < 0 || next === undefined) throw new Error('Tables refer to one another in a ring.');
    sorted.push({ schema: next.schema, name: next.name, columns: next.columns });
  }
  return sorted;
}

/** Where the numbers of ids stand. */
export async function listSequences(client: ClientBase): Promise<Manifest['sequences']> {
  const answer = await client.query<Manifest['sequences'][number]>(`
    SELECT schemaname AS schema, sequencename AS name, last_value::text AS value FROM pg_sequences
    WHERE schemaname ~ '^rd(_|$)' AND schemaname <> 'rd_meta' AND last_value IS NOT NULL ORDER BY 1, 2`);
  return answer.rows;
}

/** Empties every table of ours and keeps everybody else out until the transaction ends. */
export async function emptyTables(client: ClientBase): Promise<void> {
  const answer = await client.query<{ name: string }>(`
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE ${OURS}`);
  await client.query(`TRUNCATE ${answer.rows.map(({ name }) => name).join(', ')}`);
}

/** `"rd"."orders" ("id", …)`, for COPY. */
export function copyTarget(client: ClientBase, { schema, name, columns }: TableSpec): string {
  const quoted = columns.map((column) => client.escapeIdentifier(column)).join(', ');
  return `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)} (${quoted})`;
}
