import { randomUUID } from 'node:crypto';
import { PRODUCT_LIST_MAX_BYTES, type ProductListAnswer } from '../../shared/contract/index.ts';
import type { ResolvedReference } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import type { PipelineReads } from '../pipeline/index.ts';
import type { Column } from './columns.ts';
import { chooseColumn, matchReferences } from './match.ts';
import { parseList } from './parse.ts';

export interface DroppedList {
  name: string;
  bytes: Uint8Array;
  read: Pick<PipelineReads, 'resolve' | 'createSelection'>;
}

/** A likely match from this score on counts as found; it is listed for a look all the same. */
const SURE_ENOUGH = 0.8;
const SHOWN_OPEN = 200;

/** Reads a dropped product list and makes a selection of what was found in it. */
export async function readProductList({ name, bytes, read }: DroppedList): Promise<Result<ProductListAnswer>> {
  if (bytes.byteLength > PRODUCT_LIST_MAX_BYTES) return fail('payload_too_large', 'A product list may have 50 MB.');
  const columns = await parseList(bytes);
  if (!columns.ok) return columns;
  const chosen =
    columns.value.length === 1 && columns.value[0]?.header
      ? ok(columns.value[0])
      : await chooseColumn(columns.value, read);
  if (!chosen.ok) return chosen;
  const references = [...new Set(chosen.value.values)];
  const resolved = await matchReferences(references, read);
  if (!resolved.ok) return resolved;
  const productIds = foundProducts(resolved.value);
  const selection = await select(productIds, name, read);
  if (!selection.ok) return selection;
  return ok(answerOf(name, chosen.value, resolved.value, { ids: productIds, selection: selection.value }));
}

function foundProducts(resolved: readonly ResolvedReference[]): string[] {
  const ids = resolved.filter(isFound).map(({ product_id }) => product_id);
  return [...new Set(ids)].filter((id) => id !== null);
}

function isFound({ match, score, product_id }: ResolvedReference): boolean {
  return product_id !== null && (match === 'exact' || (match === 'likely' && (score ?? 0) >= SURE_ENOUGH));
}

async function select(ids: string[], name: string, read: DroppedList['read']): Promise<Result<string | null>> {
  if (ids.length === 0) return ok(null);
  const selection = await read.createSelection({ product_ids: ids, label: name.slice(0, 300) }, randomUUID());
  return selection.ok ? ok(selection.value.id) : selection;
}

function answerOf(
  name: string,
  column: Column,
  resolved: readonly ResolvedReference[],
  found: { ids: string[]; selection: string | null },
): ProductListAnswer {
  const count = (match: ResolvedReference['match']): number => resolved.filter((each) => each.match === match).length;
  const missing = resolved.filter((each) => !isFound(each)).length;
  return {
    name,
    summary: `${plural(found.ids.length, 'product')}, ${String(missing)} not found`,
    selection_id: found.selection,
    product_count: found.ids.length,
    rows: column.values.length,
    column: column.header,
    open_rows: openRows(resolved),
    counts: {
      exact: count('exact'),
      likely: count('likely'),
      ambiguous: count('ambiguous'),
      none: count('none'),
      duplicates: column.values.length - resolved.length,
    },
  };
}

function openRows(resolved: readonly ResolvedReference[]): ProductListAnswer['open_rows'] {
  const rows: ProductListAnswer['open_rows'] = [];
  for (const { reference, match, candidates } of resolved) {
    if (match === 'exact') continue;
    const [first] = candidates;
    rows.push({ reference, match, suggestion: first ? `${first.pim_id} ${first.name}` : null });
    if (rows.length === SHOWN_OPEN) break;
  }
  return rows;
}

function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
