import { list, name } from '../answers/markdown.ts';
import { orderCounts, orderName, orderOf, orderWhat, statusWords } from '../answers/order.ts';
import { misfortune, rawResult } from '../answers/outcome.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { objectsIn, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import type { Step } from '../wire/types.ts';
import { noOrders, orderIds, saysLast, speaksOfOrder } from './order-target.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const STATUS =
  /\b(?:status|state|progress|stand|fortschritt|how far|wie weit|how is|how's|wie steht|wie laeuft|done yet|ready yet|finished|is it done|schon fertig|fertig|what about|what happened|was ist mit|was ist los|details?|why|warum|wieso|weshalb|how many|wie viele|show|zeige?|open|check on|oeffne)\b/;
const QUESTION = /^\W*(?:was|is|are|were|did|has|have|hast|hat|ist|sind|wurde|war|when|wann)\b/;
const FOLLOW_UP = /\b(?:status|stand|progress|fortschritt|is it done|done yet|schon fertig|how far|wie weit)\b/;
const SHOWN = 5;

/** "What's the status of my last order?", "status of SA-2026-00160", "why did its renders fail?" */
export const orderStatus: Rule = {
  name: 'order-status',
  respond: (ask) => {
    const bare = ask.slots.orders.length > 0 && ask.text.trim().length < 30;
    const named = speaksOfOrder(ask) && (STATUS.test(ask.folded) || QUESTION.test(ask.folded) || bare);
    const known = (ask.memory.order ?? ask.open.order) !== undefined;
    const followUp = FOLLOW_UP.test(ask.folded) && (known || ask.text.length < 30);
    return named || (followUp && !/\b(?:orders|auftraege)\b/.test(ask.folded)) ? statusOfOrder(ask) : undefined;
  },
};

/** Looks up the order that is meant and tells how it stands. */
export function statusOfOrder(ask: Ask): Step {
  const tool = 'get_order_status';
  const done = ask.outcomes.filter((outcome) => outcome.tool === tool);
  if (done.length > 0) return say(done.map((outcome) => statusAnswer(ask, outcome)).join('\n\n'));
  if (saysLast(ask) && !(ask.tools.has(tool) && ask.tools.mentions(tool, 'order_id', 'last'))) return fromList(ask);
  if (!ask.tools.has(tool)) return notOffered(ask, tool);
  const target = orderIds(ask, tool);
  return 'step' in target ? target.step : call(...target.ids.map((id) => ask.tools.call(tool, { order_id: id })));
}

/** Where the status tool takes no "last", the newest order of the list says it all. */
function fromList(ask: Ask): Step {
  const listed = lastOutcome(ask, 'list_orders');
  if (listed === undefined) {
    return ask.tools.has('list_orders')
      ? call(ask.tools.call('list_orders', { limit: 1, mine: true }))
      : notOffered(ask, 'list_orders');
  }
  const failed = misfortune(ask, listed);
  const newest = objectsIn(listed.value.orders)[0];
  return say(failed ?? (newest === undefined ? noOrders(ask) : orderSentence(ask, newest)));
}

function statusAnswer(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const order = orderOf(outcome.value);
  if (order === undefined) return rawResult(ask, outcome);
  const failures = objectsIn(outcome.value.failures);
  if (failures.length === 0) return orderSentence(ask, order);
  const lines = failures
    .slice(0, SHOWN)
    .map((failure) => `${name(textOf(failure.pim_id) ?? '?')}: ${name(textOf(failure.error) ?? '?')}`);
  return `${orderSentence(ask, order)}\n\n${pick(ask, 'Failed renders:', 'Fehlgeschlagene Renders:')}\n\n${list(lines)}`;
}

/** One order in one sentence: "Order **SA-2026-00160** is running: 148 products as WEBP …; 100 done, 3 failed." */
export function orderSentence(ask: Ask, order: JsonObject): string {
  const { language } = ask;
  const status = textOf(order.status);
  const counts = orderCounts(order, language);
  const tail = counts === '' ? '.' : `; ${counts}.`;
  const what = orderWhat(order, language);
  return pick(
    ask,
    `Order ${orderName(order)} is ${statusWords(status, language)}: ${what}${tail}`,
    `Auftrag ${orderName(order)} (${statusWords(status, language)}): ${what}${tail}`,
  );
}
