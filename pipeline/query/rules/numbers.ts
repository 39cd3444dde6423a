import { refusal, type Node, type Refusal } from './refusal.ts';
import { literal, nameParts } from './tree.ts';

/** Digits of a number; a real column's have fewer than twenty. */
const MAX_DIGITS = 308;
const MAX_EXPONENT = 100;

/** A text that is a number with a large exponent, or a JSON text that holds one. */
const HUGE_NUMBER = /^\s*[+-]?[\d._]+e\+?[\d_]{4,}\s*$|^\s*[[{].*[\d.]e\+?\d{4,}\s*[,\]}]/is;

/** A literal: numeric keeps every digit it is given, and arithmetic on very long ones is slow and not interrupted. */
export function refuseNumber(constant: Node): Refusal | null {
  const text = literal({ A_Const: constant }) ?? '';
  const exponent = Number(/e\+?([\d_]+)$/i.exec(text)?.[1]?.replaceAll('_', '') ?? 0);
  const huge =
    'fval' in constant
      ? text.length > MAX_DIGITS || exponent > MAX_DIGITS
      : HUGE_NUMBER.test(text) || /\d{309,}/.test(text);
  return huge ? refusal('bounded_numbers', `A number may have at most ${MAX_DIGITS} digits.`) : null;
}

/** A power of numeric is exact: 7 ^ 150000 has 126,765 digits. One of double precision is rounded and short. */
export function refuseExponent(node: unknown): Refusal | null {
  const text = literal(node) ?? negated(node);
  if (text !== null && Math.abs(Number(text)) <= MAX_EXPONENT) return null;
  if (/^float[48]$/.test(castType(node))) return null;
  return refusal(
    'bounded_numbers',
    `Write an exponent as a number up to ${MAX_EXPONENT}, or cast it: power(x, y::double precision).`,
  );
}

function negated(node: unknown): string | null {
  const expression = (node as { A_Expr?: Node } | undefined)?.A_Expr;
  if (expression === undefined || expression['lexpr'] !== undefined) return null;
  return nameParts(expression['name']).at(-1) === '-' ? literal(expression['rexpr']) : null;
}

function castType(node: unknown): string {
  const cast = (node as { TypeCast?: { typeName?: Node } } | undefined)?.TypeCast;
  return nameParts(cast?.typeName?.['names']).at(-1) ?? '';
}
