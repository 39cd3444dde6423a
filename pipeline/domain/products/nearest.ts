import type { Breathe } from '../take-turns.ts';
import { buildKeyTrie } from './key-trie.ts';

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
const MOST_EDITS = 2;
const CANDIDATES = 5;
/** Products or keys that are handled between two breaths. */
const STEP = 1000;
/** Letters of a key that are sorted by first. */
const BEGINNING = 5;

/** Builds the index over all PIM-IDs and designations. */
export async function buildNearestIndex(products: readonly KeyedProduct[], breathe: Breathe): Promise<NearestIndex> {
  const byKey = new Map<string, KeyedProduct[]>();
  for (let start = 0; start < products.length; start += STEP) {
    addByKey(byKey, products.slice(start, start + STEP));
    await breathe();
  }
  const keys = await sorted(byKey.keys(), breathe);
  const trie = await buildKeyTrie(keys, breathe);
  const nearAt = (key: string, edits: number): Near[] =>
    trie.near(key, edits).flatMap(({ index, distance }) => {
      const found = keys[index] ?? '';
      const score = 1 - distance / Math.max(key.length, found.length);
      return score < LEAST_SCORE ? [] : (byKey.get(found) ?? []).map((product) => ({ product, score }));
    });
  return {
    nearest: (key) => {
      // What is one edit away hides all that is two away.
      for (let edits = 1; edits <= MOST_EDITS; edits += 1) {
        if (1 - edits / (key.length + 1) < LEAST_SCORE) return [];
        const found = distinct(nearAt(key, edits));
        if (found.length > 0) return found.slice(0, CANDIDATES);
      }
      return [];
    },
  };
}

/** Puts products under each of their keys. */
export function addByKey(grouped: Map<string, KeyedProduct[]>, products: readonly KeyedProduct[]): void {
  const add = (key: string, product: KeyedProduct): void => {
    const known = grouped.get(key);
    if (known === undefined) grouped.set(key, [product]);
    else if (!known.some(({ id }) => id === product.id)) known.push(product);
  };
  for (const product of products) {
    add(product.pim_key, product);
    if (product.designation_key !== product.pim_key) add(product.designation_key, product);
  }
}

/** The keys in code unit order, sorted by their beginnings and then one beginning at a time, which holds nobody up. */
async function sorted(keys: Iterable<string>, breathe: Breathe): Promise<string[]> {
  const buckets = new Map<string, string[]>();
  let seen = 0;
  for (const key of keys) {
    const beginning = key.slice(0, BEGINNING);
    const bucket = buckets.get(beginning);
    if (bucket === undefined) buckets.set(beginning, [key]);
    else bucket.push(key);
    seen += 1;
    if (seen % STEP === 0) await breathe();
  }
  const inOrder: string[] = [];
  for (const beginning of [...buckets.keys()].sort(byCodeUnits)) {
    for (const key of (buckets.get(beginning) ?? []).sort(byCodeUnits)) inOrder.push(key);
    await breathe();
  }
  return inOrder;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Each product once, with its better key. */
function distinct(found: Near[]): Near[] {
  const best = new Map<string, Near>();
  for (const near of found) {
    const known = best.get(near.product.id);
    if (known === undefined || known.score < near.score) best.set(near.product.id, near);
  }
  return [...best.values()].sort((a, b) => b.score - a.score || byCodeUnits(a.product.pim_id, b.product.pim_id));
}
