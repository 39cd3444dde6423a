import papaparse from 'papaparse';
import { auditEntrySchema, type AuditEntry } from '../../../shared/domain/index.ts';
import { unwrap } from '../../../shared/errors/index.ts';
import type { Database } from '../../db/index.ts';
import type { Actor } from '../context.ts';
import { auditPage, type AuditFilter } from './list.ts';

const COLUMNS = Object.keys(auditEntrySchema.shape) as (keyof AuditEntry)[];
const BATCH = 2000;
/** How a formula begins, in its full-width forms too. A pattern of our own: papaparse's overlooks cells of several lines. */
const FORMULA = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * Everything the filter leaves as CSV (RFC 4180, header first), in pieces. Each piece is a transaction of its own, so a
 * slow reader holds no connection. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export async function* auditCsv(database: Database, actor: Actor, filter: AuditFilter): AsyncGenerator<string> {
  let head = `${COLUMNS.join(',')}\r\n`;
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const request = { limit: BATCH, cursor };
    const page = unwrap(
      await database.withTenant(actor.tenantId, async (tx) => await auditPage({ tx, actor }, filter, request)),
    );
    yield page.items.length === 0 ? head : `${head}${csvOf(page.items)}\r\n`;
    head = '';
    cursor = page.next_cursor;
  }
}

function csvOf(entries: readonly AuditEntry[]): string {
  const rows = entries.map((entry) => COLUMNS.map((column) => entry[column]));
  return papaparse.unparse(rows, { newline: '\r\n', escapeFormulae: FORMULA });
}
