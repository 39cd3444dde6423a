import { refuseExponent, refuseNumber } from './numbers.ts';
import { refusal, type Node, type Refusal } from './refusal.ts';
import { literal, nameParts, type Visit } from './tree.ts';

/** Characters that lpad, rpad, repeat, char(n) or a width of format() may make. */
const MAX_PADDING = 1000;
/** One row's arithmetic is not interrupted, and one division of the largest numbers takes 80 ms. */
const MAX_ARITHMETIC = 40;
/** How many times longer all replacements of a query together may make a text, and all its joinings of texts and arrays. */
const MAX_GROWTH = { replacing: 10_000, joining: 100_000 };
/** The planner sorts them out in time of their cube, and is not interrupted. */
const MAX_GROUPING_SETS = 256;
/** Each may hold as much memory as a whole query may. */
const MAX_COLLECTING = 12;

const COLLECTING = /^(string_agg|array_agg|jsonb?_agg|jsonb?_object_agg)$/;
const JOINING = /^(\|\||concat|concat_ws|format|array_cat|array_append|array_prepend|jsonb_set|jsonb_insert)$/;
const ARITHMETIC = /^(\*|\/|%|\^|mod|div|power|sqrt|exp|ln|log|log10|gcd|lcm|\|\/)$/;

/** What could make one value or one row's work huge: bounded by what stands in the query, before anything runs. */
export function refuseAmounts(found: readonly Visit[]): Refusal | null {
  let arithmetic = 0;
  let collecting = 0;
  let growth = 1;
  let sets = 1;
  const joined = new Map<number, number>();
  for (const { key, value, select } of found) {
    const name = calledName(key, value);
    const refused = refuseOne(key, name, value);
    if (refused !== null) return refused;
    if (ARITHMETIC.test(name)) arithmetic += 1;
    if (key === 'GroupingSet') sets *= setsOf(value);
    if (COLLECTING.test(name)) collecting += 1;
    if (JOINING.test(name)) joined.set(select, (joined.get(select) ?? 1) + Math.max(1, argumentsOf(value).length - 1));
    if (/^(regexp_)?replace$/.test(name)) growth *= growthOf(name, argumentsOf(value));
  }
  if (arithmetic > MAX_ARITHMETIC) return TOO_MUCH_ARITHMETIC;
  if (collecting > MAX_COLLECTING) return TOO_MUCH_COLLECTING;
  if (sets > MAX_GROUPING_SETS) return TOO_MANY_SETS;
  // What one SELECT doubles, the next can double again: fourteen of them make 16 MB of a kilobyte.
  const joining = [...joined.values()].reduce((product, times) => product * times, 1);
  if (joining > MAX_GROWTH.joining) return TOO_MUCH_JOINING;
  return growth <= MAX_GROWTH.replacing ? null : TOO_MUCH_GROWTH;
}

const TOO_MUCH_ARITHMETIC = refusal(
  'bounded_numbers',
  `The query has more than ${MAX_ARITHMETIC} of * / % ^ and their functions. Ask in several queries.`,
);
const TOO_MUCH_COLLECTING = refusal(
  'bounded_growth',
  `The query has more than ${MAX_COLLECTING} of string_agg, array_agg and json_agg. Ask in several queries.`,
);
const TOO_MANY_SETS = refusal(
  'bounded_growth',
  `The query has more than ${MAX_GROUPING_SETS} grouping sets. Use fewer columns in CUBE, or GROUPING SETS with those you need.`,
);
const TOO_MUCH_JOINING = refusal(
  'bounded_growth',
  'Joining texts in one SELECT after another could make one enormous. Join them in the outermost SELECT, in a short text.',
);
const TOO_MUCH_GROWTH = refusal(
  'bounded_growth',
  'Its replacements could make a text enormous. Write what replace() and regexp_replace() put in as a short text.',
);

function refuseOne(key: string, name: string, value: Node): Refusal | null {
  if (key === 'A_Const') return refuseNumber(value);
  if (key === 'TypeName' || key === 'typeName') return refuseFixedLength(value);
  if (key === 'A_Expr' && name === '^') return refuseExponent(value['rexpr']);
  if (key !== 'FuncCall') return null;
  const given = argumentsOf(value);
  if (name === 'power') return refuseExponent(given[1]);
  if (name === 'format') return refuseWidths(literal(given[0]));
  return /^(lpad|rpad|repeat)$/.test(name) ? refuseLength(name, literal(given[1])) : null;
}

function refuseLength(name: string, length: string | null): Refusal | null {
  if (length !== null && Number(length) <= MAX_PADDING) return null;
  return refusal('bounded_values', `Write the length in ${name}() as a number, at most ${MAX_PADDING}.`);
}

/** char(n) fills up with spaces. */
function refuseFixedLength(type: Node): Refusal | null {
  const name = nameParts(type['names']).at(-1) ?? '';
  const typmods = type['typmods'];
  const length = Array.isArray(typmods) ? literal(typmods[0]) : null;
  if (!/^(bpchar|char)$/.test(name) || length === null || Number(length) <= MAX_PADDING) return null;
  return refusal('bounded_values', `char(n) may be at most ${MAX_PADDING} long. Use text.`);
}

function refuseWidths(pattern: string | null): Refusal | null {
  if (pattern !== null && !/%[^%a-z]*(\*|\d{4,})/i.test(pattern)) return null;
  return refusal(
    'bounded_values',
    'Write the pattern of format() as a text in the query, with widths under 1,000 and without *.',
  );
}

/** How many times longer its argument can get; infinite where what is put in is not written in the query. */
function growthOf(name: string, [, taken, put]: readonly unknown[]): number {
  const length = literal(put)?.length;
  if (length === undefined) return Infinity;
  // A pattern can match between characters, and \1 puts in what was there.
  if (name === 'regexp_replace') return Math.max(2, length);
  return Math.max(1, length / Math.max(1, literal(taken)?.length ?? 1));
}

/** How many groupings this part of GROUP BY stands for. */
function setsOf({ kind, content }: Node): number {
  const columns = Array.isArray(content) ? content.length : 0;
  if (kind === 'GROUPING_SET_CUBE') return 2 ** columns;
  return kind === 'GROUPING_SET_ROLLUP' ? columns + 1 : Math.max(1, columns);
}

/** Name of the function that is called, or symbol of the operator that is used; empty for everything else. */
function calledName(key: string, value: Node): string {
  const parts = key === 'FuncCall' ? value['funcname'] : key === 'A_Expr' ? value['name'] : [];
  return nameParts(parts).at(-1) ?? '';
}

function argumentsOf(node: Node): unknown[] {
  return Array.isArray(node['args']) ? (node['args'] as unknown[]) : [];
}
