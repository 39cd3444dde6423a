import { sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { Page } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { parseJson } from '../../shared/json/index.ts';
import type { Tx } from '../db/index.ts';

/** Totals are counted exactly up to here; a full count of a million rows would cost more than the page itself. */
export const EXACT_TOTAL = 10_000;

/** What a list is asked for. */
export interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

/** A time in a cursor, as PostgreSQL writes it in UTC with its microseconds: `2026-11-23 02:20:33.035+00`. */
export const instantKey = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?\+00$/)
  .refine((text) => !text.startsWith('0000') && !Number.isNaN(Date.parse(`${text.slice(0, 19).replace(' ', 'T')}Z`)));

/** An opaque cursor: the sort key of the last row given out. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The sort key in a cursor of ours, null without one; a cursor that is not ours is a named field error. */
export function decodeCursor<S extends z.ZodType>(cursor: string | undefined, key: S): Result<z.output<S> | null> {
  if (cursor === undefined) return ok(null);
  const parsed = key.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return ok(parsed.data);
  return fail('validation_failed', 'The cursor is not one of this list. Start again without it.', {
    fields: [{ field: 'cursor', message: 'not a cursor of this list' }],
  });
}

/** Counts the rows of a query (`FROM … WHERE …`), exactly up to 10,000. */
export async function countRows(tx: Tx, from: SQL): Promise<{ total: number; total_exact: boolean }> {
  const answer = await tx.execute<{ n: number }>(
    sql`SELECT count(*)::integer AS n FROM (SELECT 1 ${from} LIMIT ${EXACT_TOTAL + 1}) counted`,
  );
  const n = answer.rows[0]?.n ?? 0;
  return { total: Math.min(n, EXACT_TOTAL), total_exact: n <= EXACT_TOTAL };
}

/**
 * A page of a short list that was read whole. Its cursor names the last item, so that what comes or goes before it moves
 * nothing; only where that item itself is gone does its place count.
 */
export function slicePage<T>(list: Result<T[]>, page: PageRequest): Result<Page<T>> {
  if (!list.ok) return list;
  const cursor = decodeCursor(page.cursor, placeKey);
  if (!cursor.ok) return cursor;
  const start = cursor.value === null ? 0 : startAfter(list.value, cursor.value);
  const end = start + page.limit;
  const items = list.value.slice(start, end);
  const total = list.value.length;
  const last = items.at(-1);
  return ok({
    items,
    next_cursor: end < total && last !== undefined ? encodeCursor([end, identityOf(last)]) : null,
    total,
    total_exact: true,
  });
}

const placeKey = z.tuple([z.number().int().positive(), z.string()]);

function startAfter<T>(list: readonly T[], [place, identity]: z.output<typeof placeKey>): number {
  // A list whose items have no name of their own only grows at its end.
  if (identity === '') return place;
  const found = list.findIndex((item) => identityOf(item) === identity);
  return found === -1 ? place - 1 : found + 1;
}

const IDENTITIES = ['id', 'path', 'cad_material', 'session_id', 'month'] as const;

function identityOf(item: unknown): string {
  if (item === null || typeof item !== 'object') return '';
  const fields = item as Record<string, unknown>;
  const name = IDENTITIES.find((one) => typeof fields[one] === 'string');
  return name === undefined ? '' : String(fields[name]);
}

/** Cuts `limit` items out of rows fetched with one to spare; the spare one says whether there is more. */
export function cutPage<Row, T>(
  rows: readonly Row[],
  limit: number,
  parts: { present: (row: Row) => T; keyOf: (row: Row) => readonly (string | number)[] },
): Pick<Page<T>, 'items' | 'next_cursor'> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(parts.present),
    next_cursor: rows.length > limit && last !== undefined ? encodeCursor(parts.keyOf(last)) : null,
  };
}
