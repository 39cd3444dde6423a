import type { ResolvedReference } from '../../shared/domain/index.ts';
import { ok, type Result } from '../../shared/errors/index.ts';
import type { PipelineReads } from '../pipeline/index.ts';
import type { Column } from './columns.ts';

type Resolve = Pick<PipelineReads, 'resolve'>;

/** References of one request: its answer is read in one step, which must stay short. */
const CHUNK = 5000;
const SAMPLE = 40;

/** What every distinct reference of a list is. */
export async function matchReferences(
  references: readonly string[],
  read: Resolve,
): Promise<Result<ResolvedReference[]>> {
  const resolved: ResolvedReference[] = [];
  for (let from = 0; from < references.length; from += CHUNK) {
    const answer = await read.resolve(references.slice(from, from + CHUNK));
    if (!answer.ok) return answer;
    resolved.push(...answer.value.items);
  }
  return ok(resolved);
}

/**
 * The column that holds the references: the only candidate, else the one whose first values resolve best. Where the
 * others of its values resolve and the first does not, the first is its header.
 */
export async function chooseColumn(columns: readonly Column[], read: Resolve): Promise<Result<Column>> {
  let best: { column: Column; score: number } | undefined;
  for (const column of columns) {
    const sample = await matchReferences([...new Set(column.values)].slice(0, SAMPLE), read);
    if (!sample.ok) return sample;
    const hits = sample.value.filter(({ match }) => match === 'exact' || match === 'likely');
    const score = hits.length / sample.value.length;
    const isHeader = column.header === null && sample.value[0]?.match === 'none' && hits.length > 0;
    const found = isHeader ? { header: column.values[0] ?? null, values: column.values.slice(1) } : column;
    if (!best || score > best.score) best = { column: found, score };
  }
  if (!best) throw new Error('A list without columns has nothing to choose from.');
  return ok(best.column);
}
