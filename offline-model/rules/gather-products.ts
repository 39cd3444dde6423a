import { misfortune } from '../answers/outcome.ts';
import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import type { ProductTerm } from '../extract/product-terms.ts';
import { name } from '../answers/markdown.ts';
import { numberOf, objectsIn, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import type { PlannedCall } from '../wire/types.ts';
import { oneOrAll, wantsOneOfMany } from './one-of-many.ts';
import { meansFailed, partOf, selectFailed } from './part-of-selection.ts';
import { searchAgain } from './search-terms.ts';
import { someProducts, wantsSome } from './some-products.ts';

/** Products of an order to be: as arguments of `create_order`, or calls that have to come first, or why it stops here. */
export interface Gathered {
  arguments?: JsonObject;
  calls?: PlannedCall[];
  stop?: string;
}

/** Things to look up for one order. */
const MAX_TERMS = 8;
/** Products a search lists at most. */
const MOST_LISTED = 20;
const ALL = /\b(?:all|every|alle[nrs]?|jede[nrs]?|saemtliche[nr]?|variants?|varianten)\b/;
const THESE =
  /\b(?:these|them|this (?:selection|list)|the (?:selection|list|dropped)|diese|diese[rn]?|die (?:auswahl|liste)|sie|davon|selection|auswahl)\b/;
const THIS_PRODUCT = /\b(?:this (?:product|part|one)|it|dieses (?:produkt|teil)|das produkt|es)\b/;
const EVERYTHING = /\b(?:everything|all (?:the )?products|all|alles|alle (?:produkte|teile|artikel)|alle)\b/;

/** Finds what is to be rendered, and where the sentence asks for it, a part of that. */
export function gatherProducts(ask: Ask): Gathered {
  const all = gatherAll(ask);
  const { part } = ask.slots;
  if (part === undefined || all.arguments === undefined) return all;
  const selection = textOf(all.arguments.selection_id);
  return selection === undefined ? { stop: whichProducts(ask) } : partOf(ask, selection, part);
}

/** A selection named or open, what failed, the open product, or a search for each thing named. */
function gatherAll(ask: Ask): Gathered {
  const { slots, open, memory } = ask;
  const some = wantsSome(ask);
  if (some !== undefined) return someProducts(ask, some);
  const named = slots.selections[0];
  if (named !== undefined) return { arguments: { selection_id: named } };
  const terms = slots.products;
  if (meansFailed(ask) && slots.part?.term !== null) return selectFailed(ask);
  const these = THESE.test(ask.folded);
  if (open.selection !== undefined && (terms.length === 0 || these))
    return { arguments: { selection_id: open.selection } };
  if (memory.selection !== undefined && (these || (terms.length === 0 && !EVERYTHING.test(ask.folded)))) {
    return { arguments: { selection_id: memory.selection } };
  }
  if (terms.length === 0 && open.product !== undefined && THIS_PRODUCT.test(ask.folded)) {
    return { arguments: { product_ids: [open.product] } };
  }
  if (wantsOneOfMany(ask)) return { stop: oneOrAll(ask) };
  if (terms.length > MAX_TERMS) return { stop: tooManyNames(ask, terms.length) };
  if (terms.length > 0) return searchAll(ask, terms);
  if (EVERYTHING.test(ask.folded) && !these) return searchAll(ask, [{}]);
  return { stop: whichProducts(ask) };
}

function tooManyNames(ask: Ask, names: number): string {
  return pick(
    ask,
    `These are ${String(names)} names; I look up at most ${String(MAX_TERMS)} at once. Give me a selection of the products instead.`,
    `Das sind ${String(names)} Namen; ich schlage höchstens ${String(MAX_TERMS)} auf einmal nach. Geben Sie mir stattdessen eine Auswahl der Produkte.`,
  );
}

function searchAll(ask: Ask, terms: ProductTerm[]): Gathered {
  const found: Found[] = [];
  // Where several can't be united by a tool, their ids have to be listed.
  const limit = terms.length > 1 && !ask.tools.has('combine_selections') ? MOST_LISTED : undefined;
  const calls: PlannedCall[] = [];
  for (const term of terms) {
    const search = searchAgain(ask, term, limit);
    if ('calls' in search) {
      calls.push(...search.calls);
      continue;
    }
    const failed = misfortune(ask, search.outcome);
    if (failed !== undefined) return { stop: failed };
    if ((numberOf(search.outcome.value.count) ?? 0) === 0) return { stop: nothingFound(ask, term) };
    found.push({ outcome: search.outcome, exact: exactProduct(ask, term, search.outcome) });
  }
  if (calls.length > 0) return { calls };
  return joined(ask, found);
}

interface Found {
  outcome: Outcome;
  /** Id of the one product that the term names exactly. */
  exact: string | undefined;
}

/** "Render 6205" means the product of that designation and not its variants too, unless the sentence says "all". */
function exactProduct(ask: Ask, term: ProductTerm, outcome: Outcome): string | undefined {
  const wanted = term.query?.toUpperCase();
  if (wanted === undefined || term.category !== undefined || ALL.test(ask.folded)) return undefined;
  const named = objectsIn(outcome.value.products).filter((product) => {
    const pimId = textOf(product.pim_id)?.toUpperCase();
    return pimId === wanted || pimId?.endsWith(`-${wanted}`) === true;
  });
  return named.length === 1 ? textOf(named[0]?.id) : undefined;
}

/** Exact products go by their ids, one search by its selection; several are united by the tool for it or by listed ids. */
function joined(ask: Ask, found: Found[]): Gathered {
  const exact = found.map((one) => one.exact);
  if (exact.every((id) => id !== undefined)) return { arguments: { product_ids: [...new Set(exact)] } };
  const selections = found.map((one) => textOf(one.outcome.value.selection_id));
  if (selections.length === 1 && selections[0] !== undefined) return { arguments: { selection_id: selections[0] } };
  if (ask.tools.has('combine_selections') && selections.every((id) => id !== undefined)) return united(ask, selections);
  const ids = found.flatMap(listedIds);
  if (ids.every((id) => id !== undefined)) return { arguments: { product_ids: [...new Set(ids)] } };
  return {
    stop: pick(
      ask,
      'I found each of them but have no tool to put them into one order. Ask for one at a time.',
      'Ich habe alle gefunden, kann sie aber nicht in einem Auftrag vereinen. Fragen Sie bitte einzeln.',
    ),
  };
}

/** Ids of all products of a search; undefined among them where not all are listed. */
function listedIds({ outcome, exact }: Found): (string | undefined)[] {
  if (exact !== undefined) return [exact];
  const products = objectsIn(outcome.value.products);
  return products.length === numberOf(outcome.value.count)
    ? products.map((product) => textOf(product.id))
    : [undefined];
}

function united(ask: Ask, selections: string[]): Gathered {
  let whole = selections[0] ?? '';
  const unions = ask.outcomes.filter((outcome) => outcome.tool === 'combine_selections');
  for (const [index, next] of selections.slice(1).entries()) {
    const outcome = unions[index];
    if (outcome === undefined)
      return { calls: [ask.tools.call('combine_selections', { op: 'union', a: whole, b: next })] };
    const failed = misfortune(ask, outcome);
    const id = textOf(outcome.value.selection_id);
    if (failed !== undefined || id === undefined) return { stop: failed ?? whichProducts(ask) };
    whole = id;
  }
  return { arguments: { selection_id: whole } };
}

function nothingFound(ask: Ask, term: ProductTerm): string {
  const what = name([term.category, term.query].filter((part) => part !== undefined).join(' '));
  return pick(
    ask,
    `I found no products for “${what}”, so nothing was ordered. Try another category name, or a designation such as 6205.`,
    `Zu „${what}“ habe ich keine Produkte gefunden, es wurde also nichts bestellt. Versuchen Sie einen anderen Kategorienamen oder eine Bezeichnung wie 6205.`,
  );
}

function whichProducts(ask: Ask): string {
  return pick(
    ask,
    'Which products? Name a category or a designation, such as “Render all Kugellager as WebP”.',
    'Welche Produkte? Nennen Sie eine Kategorie oder Bezeichnung, etwa „Rendere alle Kugellager als WebP“.',
  );
}
