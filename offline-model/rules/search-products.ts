import { list, name, productCount } from '../answers/markdown.ts';
import { misfortune } from '../answers/outcome.ts';
import { MOST_LISTED } from '../extract/count.ts';
import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import type { ProductTerm } from '../extract/product-terms.ts';
import { familyIn } from '../extract/families.ts';
import { numberOf, objectsIn, textOf } from '../wire/json.ts';
import type { Step } from '../wire/types.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';
import { searchAgain } from './search-terms.ts';

const VERB =
  /\b(?:find|finde|search|such|suche|suchen|look for|looking for|show|zeige?|list|liste|which|welche|what|was fuer|how many|wie viele|wieviele|do (?:we|you|i) have|are there|gibt es|haben wir|habt ihr|products?|produkte?)\b/;

/** "Find 6205", "Kegelrollenlager", "How many Zylinderrollenlager do we have?" */
export const searchProducts: Rule = {
  name: 'search-products',
  respond: (ask) => {
    const terms = ask.slots.products;
    const allProducts = terms.length === 0 && /\b(?:products|produkte)\b/.test(ask.folded);
    if (!allProducts && (terms.length === 0 || (!VERB.test(ask.folded) && !isBare(terms)))) return undefined;
    if (!VERB.test(ask.folded) && ask.text.length > 60) return undefined;
    return ask.tools.has('search_products')
      ? respond(ask, allProducts ? [{}] : terms)
      : notOffered(ask, 'search_products');
  },
};

/** Nothing but a bearing family or a designation. */
function isBare(terms: ProductTerm[]): boolean {
  return terms.every((term) => {
    const words = [term.category, term.query].filter((part) => part !== undefined).join(' ');
    return words.split(' ').length <= 3 && (/\d{3}/.test(words) || familyIn(words) !== undefined);
  });
}

function respond(ask: Ask, terms: ProductTerm[]): Step {
  const { limit } = ask.slots;
  const most = limit === undefined ? undefined : Math.min(limit, MOST_LISTED);
  const searches = terms.map((term) => searchAgain(ask, term, most));
  const calls = searches.flatMap((search) => ('calls' in search ? search.calls : []));
  if (calls.length > 0) return call(...calls);
  return say(
    searches.flatMap((search) => ('outcome' in search ? [productsAnswer(ask, search.outcome)] : [])).join('\n\n'),
  );
}

function productsAnswer(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const total = numberOf(outcome.value.count) ?? 0;
  const label = textOf(outcome.value.label) ?? textOf(outcome.arguments.query) ?? textOf(outcome.arguments.category);
  const what = label === undefined ? '' : ` (${name(label)})`;
  if (total === 0) {
    return pick(
      ask,
      `I found no products${what}. Try another category name, or a designation such as 6205.`,
      `Keine Produkte gefunden${what}. Versuchen Sie einen anderen Kategorienamen oder eine Bezeichnung wie 6205.`,
    );
  }
  const products = objectsIn(outcome.value.products);
  const lines = products.map((product) => {
    const category = textOf(product.category);
    return `${name(textOf(product.pim_id) ?? '?')}: ${name(textOf(product.name) ?? '?')}${category === undefined ? '' : ` (${name(category)})`}`;
  });
  const part =
    products.length < total
      ? pick(ask, `; the first ${String(products.length)}`, `; die ersten ${String(products.length)}`)
      : '';
  const head = `${productCount(total, ask.language)}${what}${lines.length > 0 ? `${part}:\n\n${list(lines)}` : '.'}`;
  return `${head}\n\n${pick(ask, 'Say “render these as WebP” to order them.', 'Mit „Rendere diese als WebP“ werden sie bestellt.')}`;
}
