import { misfortune } from '../answers/outcome.ts';
import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { ProductTerm } from '../extract/product-terms.ts';
import { objectsIn, textOf } from '../wire/json.ts';
import type { Gathered } from './gather-products.ts';
import { searchAgain } from './search-terms.ts';

/** Products that one order may name one by one. */
const MOST_NAMED = 50;
/** Which of them is not for the rules to choose. */
const VAGUE =
  /\b(?:some|a few|few|several|a couple|half|a dozen|random|einige[nr]?|ein paar|mehrere|haelfte|dutzend|(?:last|latest|newest|letzten?|neuesten?) (?:\d+|\p{L}+) (?!orders?|auftr))\b|\b\d+ ?(?:%|percent|prozent)(?= (?:of|der|von|aller))/u;

/** Leaves something out that could not be read. */
const EXCEPT = /\b(?:except|excluding|ausser)\b/u;

/** Part of a category: how many of what, or undefined within where the sentence is too vague for that. */
export interface Some {
  amount: number | undefined;
  term: ProductTerm | undefined;
}

/** What "10 Kugellager" or "the first 3 Kugellager" asks for; undefined where the sentence asks for no part of anything. */
export function wantsSome(ask: Ask): Some | undefined {
  const { limit, products, selections } = ask.slots;
  const counted = products.find((term) => term.counted !== undefined)?.counted;
  const vague = VAGUE.test(ask.folded) || (EXCEPT.test(ask.folded) && ask.slots.part === undefined);
  if (limit === undefined && counted === undefined && !vague) return undefined;
  if (vague || selections.length > 0 || products.length > 1) return { amount: undefined, term: undefined };
  if (limit !== undefined && counted !== undefined) return { amount: undefined, term: undefined };
  return counted ?? { amount: limit, term: products[0] };
}

/** The first products of the search, exactly as many as were asked for; else it asks. */
export function someProducts(ask: Ask, { amount, term }: Some): Gathered {
  if (amount === undefined || term?.category === undefined || amount < 1 || amount > MOST_NAMED) {
    return { stop: allOrNamed(ask) };
  }
  const search = searchAgain(ask, term, amount);
  if ('calls' in search) return { calls: search.calls };
  const failed = misfortune(ask, search.outcome);
  if (failed !== undefined) return { stop: failed };
  const ids = objectsIn(search.outcome.value.products).map((product) => textOf(product.id));
  const first = ids.slice(0, amount).filter((id) => id !== undefined);
  return first.length === amount ? { arguments: { product_ids: first } } : { stop: allOrNamed(ask) };
}

function allOrNamed(ask: Ask): string {
  return pick(
    ask,
    'I cannot tell which of the products you mean, so nothing was ordered. I can order all products of a category (“Render all Kugellager as WebP”) or products that you name (“Render 6205 and 6206 as WebP”). Which do you want?',
    'Ich weiß nicht, welche der Produkte gemeint sind, es wurde also nichts bestellt. Ich kann alle Produkte einer Kategorie bestellen („Rendere alle Kugellager als WebP“) oder Produkte, die Sie nennen („Rendere 6205 und 6206 als WebP“). Was möchten Sie?',
  );
}
