import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { textOf } from '../wire/json.ts';
import { orderCounts, orderName, orderOf, statusWords } from './order.ts';
import { editedNote, misfortune, rawResult } from './outcome.ts';

/** The answer after a change of an order's state (dispatch, cancel, retry): the state that the result names. */
export function changedOrder(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const order = orderOf(outcome.value);
  if (order === undefined) return rawResult(ask, outcome);
  const counts = orderCounts(order, ask.language);
  const tail = counts === '' ? '.' : `: ${counts}.`;
  const status = statusWords(textOf(order.status), ask.language);
  return pick(
    ask,
    `Order ${orderName(order)} is now ${status}${tail}${editedNote(ask, outcome)}`,
    `Auftrag ${orderName(order)} ist jetzt ${status}${tail}${editedNote(ask, outcome)}`,
  );
}
