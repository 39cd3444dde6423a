import { productTerms } from './product-terms.ts';
import type { ProductTerm } from './product-terms.ts';
import type { SpanReader } from './span-reader.ts';

/** A part of the products that a sentence means: taken out of them, or all that is left of them. */
export interface PartWish {
  op: 'minus' | 'intersect';
  /** null: those that failed. */
  term: ProductTerm | null;
}

const END =
  /(?=\s+(?:as|als|at|in|with|mit|using|from|aus|rendern|bestellen)\s|\s+(?:rendern|bestellen)\W*$|[,.;!?]|\s*$)/;
const WITHOUT =
  /\b(?:without|except(?:\s+for)?|excluding|but\s+not|leaving\s+out|ohne|au(?:ß|ss)er|ausgenommen|abz(?:ü|ue)glich)\s+(.+?)/;
const ONLY = /\b(?:(?:and|und)\s+)?(?:but\s+)?(?:only|just|nur)\s+(?:of\s+)?(.+?)/;
const FAILED = /\b(?:failed|fehlgeschlagene?n?)\b/i;
/** Words that only point: "the ceramic ones", "the 62 series", "die Baureihe 62". */
const POINTING =
  /\b(?:the|those|these|any|all|ones?|series|range|type|types|that|which|are|were|die|den|der|das|alle|jene|baureihen?|serien?|reihen?|sind)\b/gi;

/** Takes "without the sealed ones", "only the 62 series", "ohne die fehlgeschlagenen" out of a sentence. */
export function takePart(reader: SpanReader): PartWish | undefined {
  for (const [pattern, op] of [
    [WITHOUT, 'minus'],
    [ONLY, 'intersect'],
  ] as const) {
    const words = reader.take(new RegExp(pattern.source + END.source, 'i'))?.[1];
    if (words === undefined) continue;
    if (FAILED.test(words)) return { op, term: null };
    const [term] = productTerms(words.replace(POINTING, ' '));
    if (term !== undefined) return { op, term };
  }
  return undefined;
}
