import { MOST_LISTED } from '../extract/count.ts';
import { count, list } from '../answers/markdown.ts';
import { orderCounts, orderName, orderWhat, statusWords } from '../answers/order.ts';
import { misfortune } from '../answers/outcome.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { statusIn } from '../extract/statuses.ts';
import { numberOf, objectsIn, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import { noOrders } from './order-target.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const ORDERS = /\b(?:orders|auftraegen?|bestellungen|which order|welcher auftrag)\b/;
const RUNNING = /\b(?:what(?:'s| is) (?:currently )?(?:running|rendering)|was laeuft)\b/;
const MINE = /\b(?:my|mine|i|meinen?|meiner|ich)\b/;

/** "Show my last 5 orders", "Welche Aufträge laufen?" */
export const listOrders: Rule = {
  name: 'list-orders',
  respond: (ask) => {
    if (!ORDERS.test(ask.folded) && !RUNNING.test(ask.folded)) return undefined;
    if (!ask.tools.has('list_orders')) return notOffered(ask, 'list_orders');
    const done = lastOutcome(ask, 'list_orders');
    if (done !== undefined) return say(ordersAnswer(ask, done));
    const status = statusIn(ask.folded);
    const args: JsonObject = {
      ...(status === undefined ? {} : { status }),
      ...(ask.slots.limit === undefined ? {} : { limit: Math.min(ask.slots.limit, MOST_LISTED) }),
      ...(MINE.test(ask.folded) ? { mine: true } : {}),
    };
    return call(ask.tools.call('list_orders', args));
  },
};

/** A list of orders in words. */
export function ordersAnswer(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const orders = objectsIn(outcome.value.orders);
  const total = numberOf(outcome.value.total) ?? orders.length;
  if (total === 0) return noOrders(ask);
  const amount = count(total, ask.language);
  const shown = count(orders.length, ask.language);
  const head =
    orders.length < total
      ? pick(ask, `${amount} orders; the newest ${shown}:`, `${amount} Aufträge; die neuesten ${shown}:`)
      : total === 1
        ? pick(ask, '1 order:', '1 Auftrag:')
        : pick(ask, `${amount} orders:`, `${amount} Aufträge:`);
  return orders.length === 0
    ? head.replace(/[;:].*$/, '.')
    : `${head}\n\n${list(orders.map((order) => line(ask, order)))}`;
}

function line(ask: Ask, order: JsonObject): string {
  const counts = orderCounts(order, ask.language);
  const status = statusWords(textOf(order.status), ask.language);
  return `${orderName(order)}: ${status}, ${orderWhat(order, ask.language)}${counts === '' ? '' : `; ${counts}`}`;
}
