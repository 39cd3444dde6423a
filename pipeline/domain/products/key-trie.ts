import type { Breathe } from '../take-turns.ts';

/** The root is nobody's child or sibling, so its number stands for none there. */
const ROOT = 0;
const NONE = 0;

/** A key of the trie that is near a text, and how many edits away. */
export interface NearKey {
  /** Place of the key in the list the trie was built from. */
  index: number;
  distance: number;
}

/**
 * Keys as a tree of their letters, in flat arrays: a search for what is at most so many edits away walks only branches
 * that can still lead there, which is a few hundred nodes of a million.
 */
export interface KeyTrie {
  /** Keys at most `limit` edits, 0 to 2, from the text: insert, delete, replace, swap of neighbours. */
  near(text: string, limit: 0 | 1 | 2): NearKey[];
}

interface Nodes {
  letter: Uint16Array;
  firstChild: Int32Array;
  nextSibling: Int32Array;
  /** Place of the key that ends here plus one, 0 where none does. */
  ends: Int32Array;
}

/** Edits that a search can tell apart. */
const MOST = 2;
const STEP = 2000;

/** Builds the trie from distinct keys. It costs the least where neighbours begin alike. */
export async function buildKeyTrie(keys: readonly string[], breathe: Breathe): Promise<KeyTrie> {
  // Pages that no node comes to lie on take no memory.
  const most = 1 + keys.reduce((sum, key) => sum + key.length, 0);
  const nodes: Nodes = {
    letter: new Uint16Array(most),
    firstChild: new Int32Array(most),
    nextSibling: new Int32Array(most),
    ends: new Int32Array(most),
  };
  let used = 1;
  /** Nodes along the key before. */
  const path = [ROOT];
  let before = '';
  for (const [index, key] of keys.entries()) {
    let depth = commonPrefix(before, key);
    let node = path[depth] ?? ROOT;
    for (; depth < key.length; depth += 1) {
      const code = key.charCodeAt(depth);
      let child = childOf(nodes, node, code);
      if (child === NONE) {
        child = used;
        used += 1;
        nodes.letter[child] = code;
        nodes.nextSibling[child] = nodes.firstChild[node] ?? NONE;
        nodes.firstChild[node] = child;
      }
      node = child;
      path[depth + 1] = node;
    }
    nodes.ends[node] = index + 1;
    before = key;
    if (index % STEP === STEP - 1) await breathe();
  }
  return { near: (text, limit) => search(nodes, text, limit) };
}

function commonPrefix(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.charCodeAt(length) === b.charCodeAt(length)) length += 1;
  return length;
}

function childOf({ letter, firstChild, nextSibling }: Nodes, node: number, code: number): number {
  let child = firstChild[node] ?? NONE;
  while (child !== NONE && letter[child] !== code) child = nextSibling[child] ?? NONE;
  return child;
}

/** Cells of a row of the edit matrix: the diagonal and `MOST` beside it on either side. No other can be as near. */
const CELLS = 0b11111;
/** Zeros, which are no letters, before and after the text: rows reach so far beyond it. */
const MARGIN = 2 * MOST + 3;

/**
 * A row of the edit matrix of a text and the letters from the root to a node, as bits: bit b of `at0`, `at1`, `at2` says
 * whether the first depth - MOST + b letters of the text are at most 0, 1, 2 edits from these letters.
 */
interface Row {
  at0: number;
  at1: number;
  at2: number;
  /** Which letters of the text around the diagonal are the node's own, from one before the first cell's. */
  same: number;
  /** The cells that stand for no letters of the text up to all of them. */
  readonly cells: number;
}

function search(nodes: Nodes, text: string, limit: 0 | 1 | 2): NearKey[] {
  const { letter, firstChild, nextSibling, ends } = nodes;
  const found: NearKey[] = [];
  const codes = new Uint16Array(text.length + 2 * MARGIN);
  for (let place = 0; place < text.length; place += 1) codes[MARGIN + place] = text.charCodeAt(place);
  const rows = rowsOf(text.length);
  const walk = (node: number, depth: number): void => {
    const [beforeLast, last, row] = [rows[depth - 1], rows[depth], rows[depth + 1]];
    if (beforeLast === undefined || last === undefined || row === undefined) return;
    for (let child = firstChild[node] ?? NONE; child !== NONE; child = nextSibling[child] ?? NONE) {
      row.same = sameAround(codes, depth, letter[child] ?? 0);
      fill(row, last, beforeLast);
      const left = limit === 0 ? row.at0 : limit === 1 ? row.at1 : row.at2;
      if (left === 0) continue;
      const end = ends[child] ?? 0;
      const whole = 1 << (text.length - depth + MOST);
      if (end > 0 && depth >= text.length - limit && (left & whole) !== 0)
        found.push({ index: end - 1, distance: (row.at0 & whole) !== 0 ? 0 : (row.at1 & whole) !== 0 ? 1 : 2 });
      walk(child, depth + 1);
    }
  };
  walk(ROOT, 1);
  return found;
}

/** Rows for the depths -1, where nothing is, 0, and as far as a key can be near. */
function rowsOf(letters: number): Row[] {
  const rows: Row[] = [];
  for (let depth = -1; depth <= letters + MOST; depth += 1) {
    const [first, last] = [Math.max(0, MOST - depth), letters - depth + MOST];
    const cells = CELLS & (-1 << first) & (last >= 2 * MOST ? CELLS : (2 << last) - 1);
    rows.push({ at0: 0, at1: 0, at2: 0, same: 0, cells });
  }
  const [, top] = rows;
  // Only letters of the text that are left out lead to no letters at all.
  if (top !== undefined) Object.assign(top, { at0: 0b100, at1: 0b1100 & top.cells, at2: 0b11100 & top.cells });
  return rows;
}

function sameAround(codes: Uint16Array, depth: number, code: number): number {
  const from = depth + MARGIN - MOST - 2;
  let same = 0;
  for (let place = 0; place < 2 * MOST + 3; place += 1) if (codes[from + place] === code) same |= 1 << place;
  return same;
}

/** Fills the row of a letter: kept, replaced, one too many, one too few, or swapped with the one before. */
function fill(row: Row, last: Row, beforeLast: Row): void {
  const { same, cells } = row;
  const kept = same >> 1;
  const swapped = same & (last.same >> 2);
  row.at0 = last.at0 & kept & cells;
  row.at1 = ((last.at1 & kept) | last.at0 | (last.at0 >> 1) | (row.at0 << 1) | (beforeLast.at0 & swapped)) & cells;
  row.at2 = ((last.at2 & kept) | last.at1 | (last.at1 >> 1) | (row.at1 << 1) | (beforeLast.at1 & swapped)) & cells;
}
