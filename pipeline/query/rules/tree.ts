import type { Node } from './refusal.ts';

/** Deeper trees than a person writes; each level of an expression has two or three. */
const MAX_DEPTH = 600;

/** A part of a parse tree: the key it stands under and what it is. */
export interface Visit {
  key: string;
  value: Node;
  /** Which SELECT of the query it belongs to: a number for each. */
  select: number;
}

/** Everything in the tree that has a key; null where it is nested too deeply. Without recursion. */
export function visits(tree: Node): Visit[] | null {
  const found: Visit[] = [];
  const open: { value: object; depth: number; select: number }[] = [{ value: tree, depth: 0, select: 0 }];
  let selects = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > MAX_DEPTH) return null;
    for (const [key, value] of Object.entries(next.value) as [string, unknown][]) {
      if (typeof value !== 'object' || value === null) continue;
      // The sides of a UNION are selects without a tag.
      const begins = !Array.isArray(next.value) && /^(SelectStmt|larg|rarg)$/.test(key);
      const select = begins ? (selects += 1) : next.select;
      if (!Array.isArray(next.value)) found.push({ key, value: value as Node, select });
      open.push({ value, depth: next.depth + 1, select });
    }
  }
  return found;
}

/** A key that begins with a capital is a node's tag in libpg-query's JSON; others are fields. */
export function isTag(key: string): boolean {
  return /^[A-Z]/.test(key);
}

/** The parts of a name such as `pg_catalog.date_part`. */
export function nameParts(parts: unknown): string[] {
  if (!Array.isArray(parts)) return [];
  return parts.map((part: { String?: { sval?: string } }) => part.String?.sval ?? '');
}

/** A literal as it is written, a number with its sign; null where the node is none. */
export function literal(node: unknown): string | null {
  const constant = (node as { A_Const?: Node } | undefined)?.A_Const;
  if (constant === undefined) return null;
  const { ival, fval, sval } = constant as {
    ival?: { ival?: number };
    fval?: { fval?: string };
    sval?: { sval?: string };
  };
  if (ival !== undefined) return String(ival.ival ?? 0);
  return fval?.fval ?? (sval === undefined ? null : (sval.sval ?? ''));
}
