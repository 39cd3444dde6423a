import type { Breathe } from '../take-turns.ts';
import { placesOf, type KeyedProducts } from './keyed.ts';
import { buildKeyTrie } from './key-trie.ts';

/** A product that a reference may mean. */
export interface Near {
  id: string;
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

/** Builds the index over all PIM-IDs and designations. */
export async function buildNearestIndex(products: KeyedProducts, breathe: Breathe): Promise<NearestIndex> {
  const keys = [...products.byKey.keys()];
  const trie = await buildKeyTrie(keys, breathe);
  /** Each product once, by its place, with its better key. */
  const nearAt = (key: string, edits: 1 | 2): Map<number, number> => {
    const best = new Map<number, number>();
    for (const { index, distance } of trie.near(key, edits)) {
      const found = keys[index] ?? '';
      const score = 1 - distance / Math.max(key.length, found.length);
      if (score < LEAST_SCORE) continue;
      for (const place of placesOf(products, found)) best.set(place, Math.max(score, best.get(place) ?? 0));
    }
    return best;
  };
  return {
    nearest: (key) => {
      // What is one edit away hides all that is two away.
      for (const edits of [1, 2] as const) {
        if (1 - edits / (key.length + 1) < LEAST_SCORE) return [];
        const found = nearAt(key, edits);
        if (found.size > 0)
          return [...found]
            .sort(([placeA, a], [placeB, b]) => b - a || placeA - placeB)
            .slice(0, CANDIDATES)
            .map(([place, score]) => ({ id: products.ids[place] ?? '', score }));
      }
      return [];
    },
  };
}
