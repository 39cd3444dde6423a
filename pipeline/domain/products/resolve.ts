import { sql } from 'drizzle-orm';
import type { ResolveAnswer, ResolvedReference } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { anyText } from '../sql.ts';
import { takeTurns } from '../take-turns.ts';
import { fold } from './fold.ts';
import { addByKey, buildNearestIndex, type KeyedProduct, type Near, type NearestIndex } from './nearest.ts';

/** A single best candidate this far ahead of the next is likely meant; closer ones are for a person to tell apart. */
const LEAD = 0.05;
/** Score of a product whose whole number stands inside a longer reference, such as `Rillenkugellager 6205-2RSR`. */
const CONTAINED_SCORE = 0.95;
/** Shorter ones are suffixes such as RS or ZZ, which make another product of it. */
const PLAIN_WORD = /^\p{Letter}{4,}$/u;
/** References that are looked up with one query. */
const PART = 2000;

/** Runs work in a transaction of the tenant; resolving reads twice and matches in between, holding none open. */
export type Read = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/**
 * What each reference of a product list is: exact by PIM-ID or designation however it is punctuated, likely with a
 * score, ambiguous with candidates, or none. Yields to other work in between and stops when the signal says so.
 */
export async function resolveReferences(
  read: Read,
  references: readonly string[],
  signal: AbortSignal,
): Promise<Result<ResolveAnswer>> {
  const breathe = takeTurns();
  const wanted: { reference: string; runs: string[] }[] = [];
  for (const reference of references) {
    wanted.push({ reference, runs: runsOf(reference) });
    await breathe();
  }
  const byKey: ByKey = new Map();
  const asked = new Set<string>();
  for (const part of partsOf(wanted)) {
    const keys = new Set(part.flatMap(({ runs }) => runs).filter((run) => !asked.has(run)));
    for (const key of keys) asked.add(key);
    if (keys.size > 0) addByKey(byKey, await read((tx) => findByKeys(tx, [...keys])));
    await breathe();
    if (signal.aborted) return fail('stopped', 'The matching was stopped.');
  }
  let index: NearestIndex | undefined;
  const items: ResolvedReference[] = [];
  for (const { reference, runs } of wanted) {
    const known = matchKnown(reference, runs, byKey);
    if (known === null) index ??= await buildNearestIndex(await read(allKeyed), breathe);
    items.push(known ?? matchNear(reference, index?.nearest(runs[0] ?? '') ?? []));
    await breathe();
    if (signal.aborted) return fail('stopped', 'The matching was stopped.');
  }
  const counts: ResolveAnswer['counts'] = { exact: 0, likely: 0, ambiguous: 0, none: 0 };
  for (const { match } of items) counts[match] += 1;
  return ok({ items, counts });
}

function* partsOf<T>(list: readonly T[]): Generator<T[]> {
  for (let start = 0; start < list.length; start += PART) yield list.slice(start, start + PART);
}

/**
 * The reference's words joined, then each run of neighbouring words that may be a number with words around it, longest
 * first. What is left over must be plain words: in `KL-6205-2RSRR` the `6205` is not the product that is meant.
 */
function runsOf(reference: string): string[] {
  const words = fold(reference).split(' ').filter(Boolean).slice(0, 8);
  const runs = [words.join('')];
  for (let length = words.length - 1; length >= 1; length -= 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      const left = [...words.slice(0, start), ...words.slice(start + length)];
      if (left.every((word) => PLAIN_WORD.test(word))) runs.push(words.slice(start, start + length).join(''));
    }
  }
  return runs;
}

type ByKey = Map<string, KeyedProduct[]>;

/** A match by a key that some product has: the whole reference is exact, a run within it is likely. */
function matchKnown(reference: string, runs: readonly string[], byKey: ByKey): ResolvedReference | null {
  for (const [position, run] of runs.entries()) {
    const found = byKey.get(run) ?? [];
    if (found.length === 0) continue;
    const whole = position === 0;
    const meant = found.length === 1 ? found : spelledSo(found, reference);
    const score = whole ? 1 : CONTAINED_SCORE;
    if (meant.length === 1)
      return resolved(
        reference,
        whole ? 'exact' : 'likely',
        meant.map((product) => ({ product, score })),
      );
    return resolved(
      reference,
      'ambiguous',
      found.map((product) => ({ product, score })),
    );
  }
  return null;
}

/** `618/5` and `6185` fold alike; the one spelt exactly as in the list is meant. */
function spelledSo(found: readonly KeyedProduct[], reference: string): readonly KeyedProduct[] {
  const spelled = fold(reference);
  return found.filter((product) => fold(product.pim_id) === spelled || fold(product.designation) === spelled);
}

function matchNear(reference: string, near: readonly Near[]): ResolvedReference {
  const [best, next] = near;
  if (best === undefined) return resolved(reference, 'none', []);
  const alone = next === undefined || best.score - next.score >= LEAD;
  return resolved(reference, alone ? 'likely' : 'ambiguous', near);
}

function resolved(reference: string, match: ResolvedReference['match'], near: readonly Near[]): ResolvedReference {
  const [best] = near;
  const settled = match === 'exact' || match === 'likely';
  return {
    reference,
    match,
    product_id: settled ? (best?.product.id ?? null) : null,
    score: best?.score ?? null,
    candidates:
      match === 'exact'
        ? []
        : near.slice(0, 5).map(({ product, score }) => ({
            product_id: product.id,
            pim_id: product.pim_id,
            name: product.name,
            score,
          })),
  };
}

const columns = sql`p.id, p.pim_id, p.name, p.designation, p.pim_key, p.designation_key`;

async function findByKeys(tx: Tx, keys: readonly string[]): Promise<KeyedProduct[]> {
  const answer = await tx.execute<KeyedProduct & Record<string, unknown>>(sql`
    SELECT ${columns} FROM rd.products p WHERE p.pim_key = ${anyText(keys)}
    UNION SELECT ${columns} FROM rd.products p WHERE p.designation_key = ${anyText(keys)} ORDER BY pim_id`);
  return answer.rows;
}

async function allKeyed(tx: Tx): Promise<KeyedProduct[]> {
  const answer = await tx.execute<KeyedProduct & Record<string, unknown>>(
    sql`SELECT ${columns} FROM rd.products p ORDER BY p.pim_id`,
  );
  return answer.rows;
}
