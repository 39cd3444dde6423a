import { misfortune } from '../answers/outcome.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import { objectsIn, textOf } from '../wire/json.ts';
import type { Step } from '../wire/types.ts';
import { call, notOffered, say } from './rule.ts';

const LAST =
  /\b(?:last|latest|newest|most recent|letzt\w*|neueste\w*|juengste\w*)\s+(?:order|auftrags?|bestellung)\b|\bzuletzt\b/;
const THIS = /\b(?:this|current|open|dies\w*|aktuell\w*|geoeffnet\w*|offenen?)\s+(?:order|auftrags?|bestellung)\b/;

/** Does the sentence speak of one order: by number, as the last, this, or the one just talked about? */
export function speaksOfOrder(ask: Ask): boolean {
  return ask.slots.orders.length > 0 || LAST.test(ask.folded) || THIS.test(ask.folded);
}

/** Does it say "my last order"? */
export function saysLast(ask: Ask): boolean {
  return ask.slots.orders.length === 0 && LAST.test(ask.folded);
}

/** Order references for a tool's `order_id`, or the step that has to come first (looking the last one up, asking which). */
export function orderIds(ask: Ask, tool: string): { ids: string[] } | { step: Step } {
  if (ask.slots.orders.length > 0) return { ids: ask.slots.orders };
  if (LAST.test(ask.folded)) return lastOrder(ask, tool);
  const { open, memory } = ask;
  const id = THIS.test(ask.folded) ? (open.order ?? memory.order) : (memory.order ?? open.order);
  if (id !== undefined) return { ids: [id] };
  return {
    step: say(
      pick(
        ask,
        'Which order? Name its number, such as SA-2026-00160.',
        'Welcher Auftrag? Nennen Sie die Nummer, etwa SA-2026-00160.',
      ),
    ),
  };
}

/** `last` where the tool says it takes that word; else the newest of the user's orders, looked up first. */
function lastOrder(ask: Ask, tool: string): { ids: string[] } | { step: Step } {
  if (ask.tools.mentions(tool, 'order_id', 'last')) return { ids: ['last'] };
  const listed = lastOutcome(ask, 'list_orders');
  if (listed === undefined) {
    return ask.tools.has('list_orders')
      ? { step: call(ask.tools.call('list_orders', { limit: 1, mine: true })) }
      : { step: notOffered(ask, 'list_orders') };
  }
  const failed = misfortune(ask, listed);
  if (failed !== undefined) return { step: say(failed) };
  const newest = objectsIn(listed.value.orders)[0] ?? {};
  const id = textOf(newest.number) ?? textOf(newest.id);
  return id === undefined ? { step: say(noOrders(ask)) } : { ids: [id] };
}

/** Nothing to show. */
export function noOrders(ask: Ask): string {
  return pick(ask, 'There are no such orders.', 'Es gibt keine solchen Aufträge.');
}
