import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { textOf } from '../wire/json.ts';
import { orderName, orderOf, orderWhat, statusWords } from './order.ts';
import { editedNote, misfortune, rawResult } from './outcome.ts';

/** The answer after `create_order`. */
export function orderCreated(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return `${failed}${hint(ask, outcome)}`;
  const order = orderOf(outcome.value);
  if (order === undefined) return rawResult(ask, outcome);
  const status = textOf(order.status);
  const what = orderWhat(order, ask.language);
  const state = statusWords(status, ask.language);
  const next = status === 'draft' ? pick(ask, ' Say “dispatch it” to start it.', ' Mit „Starte ihn“ geht er los.') : '';
  return pick(
    ask,
    `Created order ${orderName(order)}: ${what}. It is ${state}.${next}${editedNote(ask, outcome)}`,
    `Auftrag ${orderName(order)} angelegt: ${what}. Status: ${state}.${next}${editedNote(ask, outcome)}`,
  );
}

function hint(ask: Ask, outcome: Outcome): string {
  if (outcome.code === 'unknown_material') {
    return pick(
      ask,
      ' Ask “list materials” for their names.',
      ' Fragen Sie „Welche Materialien gibt es?“ nach den Namen.',
    );
  }
  return '';
}
