import type { ResolveAnswer, ResolvedReference } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { Tx } from '../../db/index.ts';
import { takeTurns, type Breathe } from '../take-turns.ts';
import { fold } from './fold.ts';
import {
  hasMoreThan,
  keyedOf,
  placesOf,
  readAll,
  readByKeys,
  readNames,
  type KeyedProducts,
  type ProductNames,
} from './keyed.ts';
import { buildNearestIndex, type Near, type NearestIndex } from './nearest.ts';
import { runsOf, wholeKeyOf } from './runs.ts';

/** A single best candidate this far ahead of the next is likely meant; closer ones are for a person to tell apart. */
const LEAD = 0.05;
/** Score of a product whose whole number stands inside a longer reference, such as `Rillenkugellager 6205-2RSR`. */
const CONTAINED_SCORE = 0.95;
/** Candidates that are shown. */
const SHOWN = 5;
/** A product that is read costs so much less than a key that is looked up. */
const READ_ALL = 4;
/** Fewer references are looked up, however few products there are. */
const FEW = 500;

/** Runs work in a transaction of the tenant; resolving reads and matches in between, holding none open. */
export type Read = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** What a reference was found to be, before anybody knows the products' names. */
interface Found {
  reference: string;
  /** `whole`: its whole key is one of theirs; `part`: a run within it is; `near`: one of theirs is like it. */
  by: 'whole' | 'part' | 'near';
  products: readonly Near[];
}

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
  const found = await findAll({ read, breathe, signal }, references);
  if (found === null) return stopped();
  const names = await readNames(read, [...found.named]);
  const items: ResolvedReference[] = [];
  const counts: ResolveAnswer['counts'] = { exact: 0, likely: 0, ambiguous: 0, none: 0 };
  for (const one of found.all) {
    const item = decide(one, names);
    counts[item.match] += 1;
    items.push(item);
    await breathe();
    if (signal.aborted) return stopped();
  }
  return ok({ items, counts });
}

function stopped(): Result<never> {
  return fail('stopped', 'The matching was stopped.');
}

interface Work {
  read: Read;
  breathe: Breathe;
  signal: AbortSignal;
}

/** What each reference may mean, and the products whose names are shown or compared; null where it was stopped. */
async function findAll(
  { read, breathe, signal }: Work,
  references: readonly string[],
): Promise<{ all: Found[]; named: Set<string> } | null> {
  const reading = readProducts({ read, breathe, signal }, references);
  // Awaited below, whether the folding ends well or not.
  reading.catch(() => undefined);
  const wholeKeys: string[] = [];
  for (const reference of references) {
    wholeKeys.push(wholeKeyOf(reference));
    await breathe();
  }
  let { products, whole } = await reading;
  let index: NearestIndex | undefined;
  const all: Found[] = [];
  const named = new Set<string>();
  for (const [position, reference] of references.entries()) {
    if (signal.aborted) return null;
    const key = wholeKeys[position] ?? '';
    let found = findKnown(reference, key, products);
    if (found === null && !whole) {
      products = await keyedOf(await read(readAll), breathe);
      whole = true;
      found = findKnown(reference, key, products);
    }
    if (found === null) index ??= await buildNearestIndex(products, breathe);
    found ??= { reference, by: 'near', products: index?.nearest(key) ?? [] };
    all.push(found);
    if (found.by !== 'whole' || found.products.length > 1) for (const { id } of found.products) named.add(id);
    await breathe();
  }
  return { all, named };
}

/** The products that the references may mean, or all there are where these are few beside the references. */
async function readProducts(
  { read, breathe }: Work,
  references: readonly string[],
): Promise<{ products: KeyedProducts; whole: boolean }> {
  const whole = references.length >= FEW && !(await read((tx) => hasMoreThan(tx, references.length * READ_ALL)));
  if (whole) return { products: await keyedOf(await read(readAll), breathe), whole };
  const keys = new Set<string>();
  for (const reference of references) {
    for (const run of runsOf(reference)) keys.add(run);
    await breathe();
  }
  return { products: await keyedOf(await read((tx) => readByKeys(tx, [...keys])), breathe), whole };
}

/** A match by a key that some product has: the whole one, or a run within the reference. */
function findKnown(reference: string, key: string, products: KeyedProducts): Found | null {
  const by = (kind: Found['by'], run: string, score: number): Found | null => {
    const places = placesOf(products, run);
    if (places.length === 0) return null;
    return { reference, by: kind, products: places.map((place) => ({ id: products.ids[place] ?? '', score })) };
  };
  const whole = by('whole', key, 1);
  if (whole !== null) return whole;
  for (const run of runsOf(reference)) {
    const found = run === key ? null : by('part', run, CONTAINED_SCORE);
    if (found !== null) return found;
  }
  return null;
}

function decide({ reference, by, products }: Found, names: ReadonlyMap<string, ProductNames>): ResolvedReference {
  const [only, next] = products;
  if (only !== undefined && next === undefined && by === 'whole') return resolved(reference, 'exact', [only], names);
  // What went since the keys were read is none.
  const there = products.filter(({ id }) => names.has(id));
  const [best, second] = there;
  if (best === undefined) return resolved(reference, 'none', [], names);
  if (by === 'near') {
    const alone = second === undefined || best.score - second.score >= LEAD;
    return resolved(reference, alone ? 'likely' : 'ambiguous', there, names);
  }
  const meant = second === undefined ? there : spelledSo(there, reference, names);
  if (meant.length === 1) return resolved(reference, by === 'whole' ? 'exact' : 'likely', meant, names);
  return resolved(reference, 'ambiguous', there, names);
}

/** `618/5` and `6185` fold alike; the one spelt exactly as in the list is meant. */
function spelledSo(
  products: readonly Near[],
  reference: string,
  names: ReadonlyMap<string, ProductNames>,
): readonly Near[] {
  const spelled = fold(reference);
  return products.filter(({ id }) => {
    const known = names.get(id);
    return known !== undefined && (fold(known.pim_id) === spelled || fold(known.designation) === spelled);
  });
}

function resolved(
  reference: string,
  match: ResolvedReference['match'],
  products: readonly Near[],
  names: ReadonlyMap<string, ProductNames>,
): ResolvedReference {
  const [best] = products;
  const settled = match === 'exact' || match === 'likely';
  const shown = match === 'exact' ? [] : products.slice(0, SHOWN);
  return {
    reference,
    match,
    product_id: settled ? (best?.id ?? null) : null,
    score: best?.score ?? null,
    candidates: shown.map(({ id, score }) => {
      const { pim_id: pimId = '', name = '' } = names.get(id) ?? {};
      return { product_id: id, pim_id: pimId, name, score };
    }),
  };
}
