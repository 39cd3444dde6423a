import { changedOrder } from '../answers/changed-order.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Step } from '../wire/types.ts';
import { isCommand } from './command.ts';
import { orderIds, speaksOfOrder } from './order-target.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const PRONOUN = /\b(?:it|them|that|this|ihn|sie|es|das|order|auftrag\w*)\b/;
const CANCEL = /\b(?:cancel|abort|stop|storniere?n?|abbrechen|stoppe?n?|brich)\b/;
const RETRY =
  /\b(?:retry|re-?run|redo|re-?render|render .*again|try .*again|wiederhole?n?|nochmals?|erneut|neu rendern)\b/;
const FAILED = /\b(?:fail\w*|fehl\w*)\b/;

function onOrders(ask: Ask, tool: string): Step {
  if (!ask.tools.has(tool)) return notOffered(ask, tool);
  const done = ask.outcomes.filter((outcome) => outcome.tool === tool);
  if (done.length > 0) return say(done.map((outcome) => changedOrder(ask, outcome)).join('\n\n'));
  const target = orderIds(ask, tool);
  return 'step' in target ? target.step : call(...target.ids.map((id) => ask.tools.call(tool, { order_id: id })));
}

/** "Cancel SA-2026-00160", "Storniere den Auftrag". */
export const cancelOrder: Rule = {
  name: 'cancel-order',
  respond: (ask) =>
    isCommand(ask) && CANCEL.test(ask.folded) && (speaksOfOrder(ask) || PRONOUN.test(ask.folded))
      ? onOrders(ask, 'cancel_order')
      : undefined,
};

/** "Retry the failed renders of SA-2026-00160". */
export const retryFailed: Rule = {
  name: 'retry-failed',
  respond: (ask) =>
    isCommand(ask) && RETRY.test(ask.folded) && (FAILED.test(ask.folded) || speaksOfOrder(ask))
      ? onOrders(ask, 'retry_failed_renders')
      : undefined,
};
