import { editDistance } from './edit-distance.ts';

/** A product as references are matched with it; the keys are folded without spaces. */
export interface KeyedProduct {
  id: string;
  pim_id: string;
  name: string;
  designation: string;
  pim_key: string;
  designation_key: string;
}

export interface Near {
  product: KeyedProduct;
  /** 1: the same key; each edit takes its share of the longer key's length. */
  score: number;
}

/** Products whose keys look like a folded reference, the most alike first. */
export interface NearestIndex {
  nearest(key: string): Near[];
}

/** Below this a product is no help to a person who looks for the right one. */
const LEAST_SCORE = 0.7;
const CANDIDATES = 5;
/** So many products that share the most letter pairs are compared letter by letter. */
const COMPARED = 40;

/** Builds the index over pairs of neighbouring letters, which single typing errors leave mostly alone. */
export function buildNearestIndex(products: readonly KeyedProduct[]): NearestIndex {
  const keys = products.flatMap((product) => [
    { key: product.pim_key, product },
    ...(product.designation_key === product.pim_key ? [] : [{ key: product.designation_key, product }]),
  ]);
  const holders = new Map<string, number[]>();
  keys.forEach(({ key }, index) => {
    for (const pair of pairsOf(key)) {
      const list = holders.get(pair);
      if (list === undefined) holders.set(pair, [index]);
      else list.push(index);
    }
  });
  const shared = new Uint16Array(keys.length);
  return {
    nearest: (key) => {
      const found = mostShared(key, holders, shared).flatMap((index) => {
        const candidate = keys[index];
        const score = candidate === undefined ? 0 : similarity(key, candidate.key);
        return candidate !== undefined && score >= LEAST_SCORE ? [{ product: candidate.product, score }] : [];
      });
      return distinct(found).slice(0, CANDIDATES);
    },
  };
}

function pairsOf(key: string): Set<string> {
  const padded = `^${key}$`;
  const pairs = new Set<string>();
  for (let index = 0; index < padded.length - 1; index += 1) pairs.add(padded.slice(index, index + 2));
  return pairs;
}

/** Indexes of the keys that share the most pairs with this one; at least half of its pairs. */
function mostShared(key: string, holders: ReadonlyMap<string, number[]>, shared: Uint16Array): number[] {
  const pairs = pairsOf(key);
  const touched: number[] = [];
  for (const pair of pairs) {
    for (const index of holders.get(pair) ?? []) {
      const count = shared[index] ?? 0;
      if (count === 0) touched.push(index);
      shared[index] = count + 1;
    }
  }
  const least = Math.ceil(pairs.size / 2);
  const counted = touched.map((index) => ({ index, count: shared[index] ?? 0 })).filter(({ count }) => count >= least);
  for (const index of touched) shared[index] = 0;
  counted.sort((a, b) => b.count - a.count || a.index - b.index);
  return counted.slice(0, COMPARED).map(({ index }) => index);
}

function similarity(a: string, b: string): number {
  const longer = Math.max(a.length, b.length);
  const limit = Math.floor(longer * (1 - LEAST_SCORE));
  return 1 - editDistance(a, b, limit) / longer;
}

/** Each product once, with its better key. */
function distinct(found: Near[]): Near[] {
  const best = new Map<string, Near>();
  for (const near of found) {
    const known = best.get(near.product.id);
    if (known === undefined || known.score < near.score) best.set(near.product.id, near);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.product.pim_id.localeCompare(b.product.pim_id));
}
