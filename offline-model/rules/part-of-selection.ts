import { misfortune } from '../answers/outcome.ts';
import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import type { PartWish } from '../extract/part.ts';
import { numberOf, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import type { Gathered } from './gather-products.ts';
import { saysLast } from './order-target.ts';
import { searchAgain } from './search-terms.ts';

const SELECT = 'select_rendered';
const COMBINE = 'combine_selections';
const FAILED_ONES =
  /\b(?:(?:ones|those|products|parts|everything|all) (?:that|which|what) (?:has |have )?failed|failed (?:ones|products|parts)|(?:die|alle) fehlgeschlagenen|fehlgeschlagen (?:sind|ist))\b/;

/** Does the sentence mean the products whose renders failed? */
export function meansFailed(ask: Ask): boolean {
  return FAILED_ONES.test(ask.folded) && ask.tools.has(SELECT);
}

/** The failed ones of the order that is spoken of or open, or of the period the sentence names. */
export function selectFailed(ask: Ask): Gathered {
  const { slots, open, memory } = ask;
  const { period } = slots.time;
  const order = slots.orders[0] ?? (saysLast(ask) ? 'last' : undefined);
  const where = order ?? (period === undefined ? (open.order ?? memory.order) : undefined);
  if (where === undefined && period === undefined) return { stop: whichFailed(ask) };
  const args = { status: 'failed', ...(where === undefined ? {} : { order_id: where }), ...(period ? { period } : {}) };
  return selectionBy(ask, SELECT, args);
}

/** What is left of a selection: without a part of it, or that part alone. */
export function partOf(ask: Ask, selection: string, { op, term }: PartWish): Gathered {
  if (!ask.tools.has(COMBINE)) return { stop: cannot(ask) };
  const part = term === null ? selectFailed(ask) : searched(ask, term);
  const id = textOf(part.arguments?.selection_id);
  return id === undefined ? part : selectionBy(ask, COMBINE, { op, a: selection, b: id });
}

function searched(ask: Ask, term: NonNullable<PartWish['term']>): Gathered {
  const search = searchAgain(ask, term);
  return 'calls' in search ? { calls: search.calls } : selectionIn(ask, search.outcome);
}

/** The selection that a call brings, or the call. */
function selectionBy(ask: Ask, tool: string, args: JsonObject): Gathered {
  const planned = ask.tools.call(tool, args);
  const wanted = JSON.stringify(planned.arguments);
  const done = ask.outcomes.find((outcome) => outcome.tool === tool && JSON.stringify(outcome.arguments) === wanted);
  return done === undefined ? { calls: [planned] } : selectionIn(ask, done);
}

function selectionIn(ask: Ask, outcome: Outcome): Gathered {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return { stop: failed };
  const id = textOf(outcome.value.selection_id);
  if (id === undefined || numberOf(outcome.value.count) === 0) return { stop: nothingThere(ask) };
  return { arguments: { selection_id: id } };
}

function nothingThere(ask: Ask): string {
  return pick(
    ask,
    'There are no such products, so nothing was ordered.',
    'Solche Produkte gibt es nicht, es wurde also nichts bestellt.',
  );
}

function whichFailed(ask: Ask): string {
  return pick(
    ask,
    'Failed where? Name an order, such as SA-2026-00160, or a time, such as this week.',
    'Wo fehlgeschlagen? Nennen Sie einen Auftrag, etwa SA-2026-00160, oder eine Zeit, etwa diese Woche.',
  );
}

function cannot(ask: Ask): string {
  return pick(
    ask,
    'I have no tool here to take a part out of a selection, so nothing was ordered.',
    'Ich habe hier kein Werkzeug, um einen Teil einer Auswahl herauszunehmen, es wurde also nichts bestellt.',
  );
}
