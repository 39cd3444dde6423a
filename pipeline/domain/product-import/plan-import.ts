import { sql } from 'drizzle-orm';
import type { Effect, ImportAnswer } from '../../../shared/domain/index.ts';
import { fail, failure, FailureError, ok, type Failure, type Result } from '../../../shared/errors/index.ts';
import type { ChangeContext } from '../context.ts';
import { tell } from '../events/outbox.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { ensureCategories, pathKey, readCategoryTree, upsertProducts, type CategoryTree } from '../products/index.ts';
import { takeTurns } from '../take-turns.ts';
import { compareRows } from './compare.ts';
import type { Upload } from './decode.ts';
import { readRows, type ImportRow } from './read-rows.ts';
import { Tally } from './tally.ts';

/** Rows that are compared in one go. */
const PART = 2000;
/** A tree that a person looks through has far fewer. */
const MOST_CATEGORIES = 2000;

export interface ImportOptions {
  /** `refuse`: one row that is not valid, and nothing is imported; `skip`: the others are. */
  on_error: 'refuse' | 'skip';
}

/**
 * Works out an import: which products are new, changed, unchanged or rejected. Others get their turn in between; one
 * import of a tenant is made at a time.
 */
export async function planImport(
  context: ChangeContext,
  upload: Upload,
  options: ImportOptions,
): Promise<Result<Plan<ImportAnswer>>> {
  const { tx, actor } = context;
  if (context.lock && !(await isAlone(context))) {
    return fail('in_flight', 'Another import of your company is running. Try again when it is done.');
  }
  const tree = await readCategoryTree(tx, actor.tenantId);
  const tally = new Tally();
  const read = await compareAll(context, upload, { tree, tally });
  if (!read.ok) return read;
  const made = newCategories(tree, tally);
  if (made.length > MOST_CATEGORIES) {
    return fail(
      'validation_failed',
      `It would make ${made.length} categories; one import makes ${MOST_CATEGORIES} at most.`,
      {
        fields: [{ field: 'category', message: 'too many new ones; is it the right column?' }],
      },
    );
  }
  return ok({
    effect: effectOf(tally, made.length),
    snapshot: snapshotOf('import', options.on_error, tally.digest(), made),
    execute: async () => {
      if (tally.counts.rejected > 0 && options.on_error === 'refuse') throw new FailureError(refusal(tally));
      await write(context, tree, tally);
      return tally.answer(made.length);
    },
  });
}

async function isAlone({ tx, actor }: ChangeContext): Promise<boolean> {
  const answer = await tx.execute<{ taken: boolean }>(
    sql`SELECT pg_try_advisory_xact_lock(hashtextextended(${`import ${actor.tenantId}`}, 0)) AS taken`,
  );
  return answer.rows[0]?.taken === true;
}

async function compareAll(
  { tx, actor }: ChangeContext,
  upload: Upload,
  { tree, tally }: { tree: CategoryTree; tally: Tally },
): Promise<Result<null>> {
  const breathe = takeTurns();
  const around = { tenantId: actor.tenantId, tree, tally };
  let part: Extract<ImportRow, { product: unknown }>[] = [];
  for (const row of readRows(upload)) {
    if (!row.ok) return row;
    if ('rejection' in row.value) tally.reject(row.value.rejection);
    else if (!tally.repeats(row.value.row, row.value.product)) part.push(row.value);
    if (part.length === PART) {
      await compareRows(tx, part, around);
      part = [];
    }
    await breathe();
  }
  await compareRows(tx, part, around);
  return ok(null);
}

/** Paths of the categories that writing will make, ancestors too. */
function newCategories(tree: CategoryTree, { writes }: Tally): string[] {
  const made = new Set<string>();
  for (const { category } of writes) {
    for (let depth = 1; depth <= category.length; depth += 1) {
      const key = pathKey(category.slice(0, depth));
      if (!tree.has(key)) made.add(key);
    }
  }
  return [...made].sort();
}

function effectOf(tally: Tally, categories: number): Effect {
  const { counts, rows } = tally;
  const named = Object.entries(counts).map(([fate, count]) => `${count.toLocaleString('en')} ${fate}`);
  const also = categories === 0 ? '' : `, ${categories} new categories`;
  return {
    summary: `Import of ${rows.toLocaleString('en')} products: ${named.join(', ')}${also}`,
    counts: { rows, ...counts, categories },
    sample: tally.sample(),
  };
}

function refusal({ counts, rejections }: Tally): Failure {
  const fields = rejections.map(({ row, column, reason }) => ({
    field: `row ${row} ${column}`.trim(),
    message: reason,
  }));
  return failure(
    'validation_failed',
    `${counts.rejected} rows are not valid, so nothing was imported. Correct them, or import the others with on_error=skip.`,
    { fields, details: { rejected: counts.rejected, rejections } },
  );
}

async function write({ tx, actor }: ChangeContext, tree: CategoryTree, { writes }: Tally): Promise<void> {
  if (writes.length === 0) return;
  const { tenantId } = actor;
  const paths = new Map(writes.map(({ category }) => [pathKey(category), category]));
  await ensureCategories(tx, tenantId, tree, [...paths.values()]);
  const idOf = (path: readonly string[]): string => {
    const found = tree.get(pathKey(path));
    if (found === undefined) throw new Error(`The category ${path.join(' > ')} was not made.`);
    return found.id;
  };
  await upsertProducts(tx, tenantId, writes, idOf);
  await tell(tx, tenantId, { type: 'products.changed' });
}
