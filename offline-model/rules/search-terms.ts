import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import type { ProductTerm } from '../extract/product-terms.ts';
import { numberOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import type { PlannedCall } from '../wire/types.ts';

/**
 * The search for one term: the call still to be made, or its outcome. Where a category gives nothing the same words are
 * tried once as a query, for the name may be a product's and not a category's.
 */
export function searchAgain(
  ask: Ask,
  term: ProductTerm,
  limit?: number,
): { calls: PlannedCall[] } | { outcome: Outcome } {
  const { category, query, phrase } = term;
  const words = [query, category].filter((part) => part !== undefined).join(' ');
  const asWords: JsonObject = words === '' ? { limit } : { query: phrase ?? words, limit };
  const asCategory: JsonObject[] = [
    ...(phrase === undefined ? [] : [{ category: phrase, limit }]),
    { category, query, limit },
  ];
  const byCategory = category !== undefined && ask.tools.takes('search_products', 'category');
  const attempts = byCategory ? [...asCategory, asWords] : [asWords];
  let last: Outcome | undefined;
  for (const attempt of attempts) {
    const planned = ask.tools.call('search_products', attempt);
    const outcome = ask.outcomes.find(
      (done) => done.tool === planned.name && sameSearch(done.arguments, planned.arguments),
    );
    if (outcome === undefined) return { calls: [planned] };
    if (outcome.kind !== 'ok' || (numberOf(outcome.value.count) ?? 0) > 0) return { outcome };
    last = outcome;
  }
  return last === undefined ? { calls: [] } : { outcome: last };
}

function sameSearch(left: JsonObject, right: JsonObject): boolean {
  return ['query', 'category'].every((name) => (left[name] ?? null) === (right[name] ?? null));
}
