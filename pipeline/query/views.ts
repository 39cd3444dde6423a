import { sql } from 'drizzle-orm';
import { MAX_SQL_BYTES, type QuerySchema } from '../../shared/domain/index.ts';
import type { Tx } from '../db/index.ts';
import { ALLOWED_VIEWS, VIEW_SCHEMA } from './allowed/index.ts';
import { QUERY_LIMITS } from './session.ts';
import { SESSION_LIMITS } from './sessions.ts';

interface ColumnRow extends Record<string, unknown> {
  view: string;
  about: string | null;
  column: string;
  type: string;
  description: string | null;
}

/**
 * The documented views with the type and description of every column, as the database's own catalog has them. Read on the
 * API's connection; it tells nothing of any tenant.
 */
export async function describeViews(tx: Tx, timeZone: string): Promise<QuerySchema> {
  const { rows } = await tx.execute<ColumnRow>(sql`
    SELECT c.relname AS view, obj_description(c.oid, 'pg_class') AS about, a.attname AS column,
           format_type(a.atttypid, a.atttypmod) AS type, col_description(c.oid, a.attnum) AS description
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE n.nspname = ${VIEW_SCHEMA} AND c.relkind = 'v' AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.relname, a.attnum`);
  return {
    time_zone: timeZone,
    limits: {
      seconds: QUERY_LIMITS.timeoutMs / 1000,
      rows: QUERY_LIMITS.rows,
      answer_bytes: QUERY_LIMITS.bytes,
      sql_bytes: MAX_SQL_BYTES,
      at_once: SESSION_LIMITS.perTenant,
    },
    views: [...ALLOWED_VIEWS].map((name) =>
      viewOf(
        name,
        rows.filter((row) => row.view === name),
      ),
    ),
  };
}

function viewOf(name: string, rows: readonly ColumnRow[]): QuerySchema['views'][number] {
  return {
    name,
    description: rows[0]?.about ?? '',
    columns: rows.map(({ column, type, description }) => ({ name: column, type, description: description ?? '' })),
  };
}
