import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { EffectRow, Page } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { countRows, cutPage, decodeCursor, encodeCursor } from '../paging.ts';
import type { RowsRequest } from '../plan.ts';
import { anyId } from '../sql.ts';
import type { UnmappedProduct } from './unmapped.ts';

const cursorKey = z.tuple([z.number().int().nonnegative()]);

interface RowProduct extends Record<string, unknown> {
  id: string;
  pim_id: string;
  name: string;
}

interface LineRow extends RowProduct {
  position: number;
  status: string;
  error: string | null;
}

/** The products of an order to be made, in its order; those that cannot come out well say why. */
export async function productRows(
  tx: Tx,
  { ids, unmapped }: { ids: readonly string[]; unmapped: readonly UnmappedProduct[] },
  request: RowsRequest,
): Promise<Result<Page<EffectRow>>> {
  const cursor = decodeCursor(request.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  const shown = request.only === 'problems' ? unmapped.map(({ id }) => id) : ids;
  const start = cursor.value?.[0] ?? 0;
  const end = start + request.limit;
  const page = shown.slice(start, end);
  const found = await tx.execute<RowProduct>(
    sql`SELECT p.id, p.pim_id, p.name FROM rd.products p WHERE p.id = ${anyId(page)}`,
  );
  const byId = new Map(found.rows.map((row) => [row.id, row]));
  const reasons = reasonsOf(unmapped);
  const items = page.flatMap((id) => {
    const row = byId.get(id);
    return row === undefined ? [] : [present(row, reasons)];
  });
  const next_cursor = end < shown.length ? encodeCursor([end]) : null;
  return ok({ items, next_cursor, total: shown.length, total_exact: true });
}

/** The lines `l` of an order that meet the condition, by position, with how each stands. */
export async function lineRows(
  tx: Tx,
  { lines, unmapped }: { lines: SQL; unmapped: readonly UnmappedProduct[] },
  request: RowsRequest,
): Promise<Result<Page<EffectRow>>> {
  const cursor = decodeCursor(request.cursor, cursorKey);
  if (!cursor.ok) return cursor;
  const troubled = sql`l.product_id = ${anyId(unmapped.map(({ id }) => id))}`;
  const where = request.only === 'problems' ? sql`${lines} AND ${troubled}` : lines;
  const answer = await tx.execute<LineRow>(sql`
    SELECT p.id, p.pim_id, p.name, l.position, l.status, l.error
    FROM rd.order_lines l JOIN rd.products p ON p.id = l.product_id
    WHERE ${where} AND l.position > ${cursor.value?.[0] ?? -1} ORDER BY l.position LIMIT ${request.limit + 1}`);
  const reasons = reasonsOf(unmapped);
  const cut = cutPage(answer.rows, request.limit, {
    present: (row) => present(row, reasons, row.error === null ? row.status : `${row.status}: ${row.error}`),
    keyOf: (row) => [row.position],
  });
  return ok({ ...cut, ...(await countRows(tx, sql`FROM rd.order_lines l WHERE ${where}`)) });
}

function reasonsOf(unmapped: readonly UnmappedProduct[]): Map<string, string> {
  return new Map(unmapped.map(({ id, materials }) => [id, `unmapped: ${materials.join(', ')}`]));
}

function present(row: RowProduct, reasons: ReadonlyMap<string, string>, stands?: string): EffectRow {
  const reason = reasons.get(row.id);
  const note = reason ?? stands;
  return {
    id: row.id,
    label: `${row.pim_id} ${row.name}`,
    ...(note === undefined ? {} : { note }),
    problem: reason !== undefined,
  };
}
