import type { Breathe } from '../take-turns.ts';

const ROOT = 0;
const NONE = -1;

/** A key of the trie that is near a text, and how many edits away. */
export interface NearKey {
  /** Place of the key in the sorted list the trie was built from. */
  index: number;
  distance: number;
}

/**
 * Keys as a tree of their letters, in flat arrays: a search for what is at most so many edits away walks only branches
 * that can still lead there, which is a few hundred nodes of a million.
 */
export interface KeyTrie {
  /** Keys at most `limit` edits (insert, delete, replace, swap of neighbours) from the text. */
  near(text: string, limit: number): NearKey[];
}

const STEP = 2000;

/** Builds the trie from distinct keys in code unit order. */
export async function buildKeyTrie(keys: readonly string[], breathe: Breathe): Promise<KeyTrie> {
  const size = 1 + keys.reduce((sum, key) => sum + key.length, 0);
  const letter = new Uint16Array(size);
  const firstChild = new Int32Array(size).fill(NONE);
  const nextSibling = new Int32Array(size).fill(NONE);
  const keyAt = new Int32Array(size).fill(NONE);
  const path = [ROOT];
  let used = 1;
  let before = '';
  for (const [index, key] of keys.entries()) {
    let depth = commonPrefix(before, key);
    // Sorted keys grow the tree at its last branch, which is the path of the key before.
    let sibling = path[depth + 1] ?? NONE;
    if (depth >= before.length) sibling = NONE;
    for (; depth < key.length; depth += 1) {
      const node = used;
      used += 1;
      letter[node] = key.charCodeAt(depth);
      if (sibling === NONE) firstChild[path[depth] ?? ROOT] = node;
      else nextSibling[sibling] = node;
      sibling = NONE;
      path[depth + 1] = node;
    }
    keyAt[path[key.length] ?? ROOT] = index;
    before = key;
    if (index % STEP === STEP - 1) await breathe();
  }
  return { near: (text, limit) => search({ letter, firstChild, nextSibling, keyAt }, text, limit) };
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

interface Nodes {
  letter: Uint16Array;
  firstChild: Int32Array;
  nextSibling: Int32Array;
  keyAt: Int32Array;
}

function search(nodes: Nodes, text: string, limit: number): NearKey[] {
  const found: NearKey[] = [];
  const width = text.length + 1;
  const top = Uint8Array.from({ length: width }, (_, column) => Math.min(column, limit + 1));
  /** Rows of the edit matrix along the path from the root; the last one belongs to `node`. */
  const walk = (node: number, rows: readonly Uint8Array[], letters: readonly number[]): void => {
    for (let child = nodes.firstChild[node] ?? NONE; child !== NONE; child = nodes.nextSibling[child] ?? NONE) {
      const code = nodes.letter[child] ?? 0;
      const row = nextRow({ text, limit }, rows, [code, letters.at(-1) ?? 0]);
      if (row === null) continue;
      const key = nodes.keyAt[child] ?? NONE;
      const distance = row[text.length] ?? limit + 1;
      if (key !== NONE && distance <= limit) found.push({ index: key, distance });
      walk(child, [rows.at(-1) ?? top, row], [code]);
    }
  };
  walk(ROOT, [top], []);
  return found;
}

/** The next row of the edit matrix, null where nothing below it can come within the limit. */
function nextRow(
  { text, limit }: { text: string; limit: number },
  rows: readonly Uint8Array[],
  [code, codeBefore]: readonly [number, number],
): Uint8Array | null {
  const last = rows.at(-1);
  if (last === undefined) return null;
  const beforeLast = rows.at(-2);
  const far = limit + 1;
  const row = new Uint8Array(last.length);
  let least = (row[0] = Math.min((last[0] ?? 0) + 1, far));
  for (let column = 1; column < row.length; column += 1) {
    const here = text.charCodeAt(column - 1);
    let best = Math.min(
      (last[column] ?? far) + 1,
      (row[column - 1] ?? far) + 1,
      (last[column - 1] ?? far) + (here === code ? 0 : 1),
      far,
    );
    const swapped = column > 1 && here === codeBefore && text.charCodeAt(column - 2) === code;
    if (swapped && beforeLast !== undefined) best = Math.min(best, (beforeLast[column - 2] ?? far) + 1);
    row[column] = best;
    least = Math.min(least, best);
  }
  return least <= limit ? row : null;
}
