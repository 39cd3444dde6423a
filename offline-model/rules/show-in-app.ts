import { misfortune } from '../answers/outcome.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import { orderIds, speaksOfOrder } from './order-target.ts';
import { call, say } from './rule.ts';
import type { Rule } from './rule.ts';

const TOOL = 'show_in_app';
const OPEN = /\b(?:open|oeffne|go to|take me to|bring mich|in (?:the|der) app)\b/;

/** "Open order SA-2026-00160", where the window can be steered. */
export const showInApp: Rule = {
  name: 'show-in-app',
  respond: (ask) => {
    if (!OPEN.test(ask.folded) || !speaksOfOrder(ask) || !ask.tools.has(TOOL)) return undefined;
    const done = lastOutcome(ask, TOOL);
    if (done !== undefined)
      return say(misfortune(ask, done) ?? pick(ask, 'It is open in the app.', 'Ist in der App geöffnet.'));
    const target = orderIds(ask, TOOL);
    if ('step' in target) return target.step;
    const view = ask.tools.choices(TOOL, 'view').find((choice) => /order/i.test(choice)) ?? 'order';
    return call(ask.tools.call(TOOL, { view, id: target.ids[0] }));
  },
};
