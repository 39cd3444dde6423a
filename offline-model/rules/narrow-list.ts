import { lastOutcome } from '../conversation/ask.ts';
import { statusIn } from '../extract/statuses.ts';
import { ordersAnswer } from './list-orders.ts';
import { statusOfOrder } from './order-status.ts';
import { call, say } from './rule.ts';
import type { Rule } from './rule.ts';

/** Nothing but which ones: "only the failed ones", "nur die laufenden". */
const ONLY = /^\W*(?:and |und )?(?:only|just|nur|bloss) (?:the |die |my |meine )?[\w ]{3,30}\W*$/;

/** "Only the failed ones", of what was just listed or of the order that was just spoken of. Changes nothing. */
export const narrowList: Rule = {
  name: 'narrow-list',
  respond: (ask) => {
    const status = statusIn(ask.folded);
    if (status === undefined || !ONLY.test(ask.folded)) return undefined;
    const { look, order } = ask.memory;
    if (look?.tool !== 'list_orders') return order === undefined ? undefined : statusOfOrder(ask);
    const done = lastOutcome(ask, 'list_orders');
    if (done !== undefined) return say(ordersAnswer(ask, done));
    return call(ask.tools.call('list_orders', { ...look.arguments, status }));
  },
};
