import {
  MOST_IMPORTED,
  productImportSchema,
  type ProductImport,
  type Rejection,
} from '../../../shared/domain/index.ts';
import { fail, failure, ok, type Failure, type Result } from '../../../shared/errors/index.ts';
import { readHeader, type ReadRow } from './columns.ts';
import { csvRows } from './csv-rows.ts';
import { decodeUpload, type Upload } from './decode.ts';
import { jsonItems } from './json-items.ts';

/** A row that is a product, or why it is none. */
export type ImportRow = { row: number; product: ProductImport } | { rejection: Rejection };

/** The rows of an uploaded file, each checked. Ends with a failure where the file as a whole cannot be read. */
export function* readRows({ format, bytes }: Upload): Generator<Result<ImportRow>> {
  const text = decodeUpload(bytes);
  let count = 0;
  for (const row of format === 'csv' ? fromCsv(text) : fromJson(text)) {
    yield row;
    if (!row.ok) return;
    count += 1;
    if (count > MOST_IMPORTED) {
      return yield fail('payload_too_large', `One import may have ${MOST_IMPORTED} rows. Send the rest in another.`);
    }
  }
  if (count === 0) yield fail('validation_failed', 'There is no product in it.', { fields: [EMPTY] });
}

const EMPTY = { field: 'body', message: 'has no row of a product' };

function* fromCsv(text: string): Generator<Result<ImportRow>> {
  let read: ReadRow | null = null;
  for (const row of csvRows(text)) {
    if (!row.ok) return yield row;
    const { number, cells } = row.value;
    if (read === null) {
      const header = readHeader(cells);
      if (!header.ok) return yield header;
      read = header.value;
      continue;
    }
    const { product, wrong } = read(cells);
    yield ok(
      wrong === null ? checked(number, product) : { rejection: { row: number, pim_id: pimIdIn(product), ...wrong } },
    );
  }
}

function* fromJson(text: string): Generator<Result<ImportRow>> {
  let row = 0;
  for (const item of jsonItems(text)) {
    if (!item.ok) return yield item;
    row += 1;
    const value = parse(item.value);
    if (value === undefined) return yield { ok: false, failure: notJson(row) };
    yield ok(checked(row, value));
  }
}

function notJson(row: number): Failure {
  return failure('bad_request', `Product ${row} of the array is not valid JSON.`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function checked(row: number, value: unknown): ImportRow {
  const parsed = productImportSchema.safeParse(value);
  if (parsed.success) return { row, product: parsed.data };
  const [issue] = parsed.error.issues;
  const unknownKeys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...(issue?.path ?? []), ...unknownKeys.slice(0, 1)].map(String).join('.');
  const reason = unknownKeys.length > 0 ? 'is not known here' : (issue?.message ?? 'not valid');
  return { rejection: { row, pim_id: pimIdIn(value), column: path.slice(0, 200), reason } };
}

function pimIdIn(value: unknown): string | null {
  const id = value !== null && typeof value === 'object' && 'pim_id' in value ? value.pim_id : null;
  return typeof id === 'string' ? id.slice(0, 100).toWellFormed().replaceAll('\u0000', '') : null;
}
