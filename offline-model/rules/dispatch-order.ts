import { changedOrder } from '../answers/changed-order.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { objectOr, textOf } from '../wire/json.ts';
import type { Step } from '../wire/types.ts';
import { isCommand, withoutForbiddenDispatch } from './command.ts';
import { orderIds, saysLast, speaksOfOrder } from './order-target.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const TOOL = 'dispatch_renders';
const VERB =
  /\b(?:dispatch|submit|start|launch|kick off|send (?:it|them|order|the order|off|out)|run (?:it|the order|order)|starte?n?|schick\w*|losschicken|abschicken|dispatche?n?|gib .*frei|freigeben|reiche? .*ein|einreichen|abschicken)\b/;
const OBJECT = /\b(?:it|them|ihn|sie|es|den|order|auftrag\w*|bestellung|draft|entwurf|renders?|renderings?)\b/;

/** "Dispatch SA-2026-00160", "and start it", "Starte den Auftrag". */
export const dispatchOrder: Rule = {
  name: 'dispatch-order',
  respond: (ask) => {
    if (!isCommand(ask) || !VERB.test(withoutForbiddenDispatch(ask.folded))) return undefined;
    if (!speaksOfOrder(ask) && !OBJECT.test(ask.folded)) return undefined;
    if (!ask.tools.has(TOOL)) return notOffered(ask, TOOL);
    const done = ask.outcomes.filter((outcome) => outcome.tool === TOOL);
    if (done.length > 0) return say(done.map((outcome) => changedOrder(ask, outcome)).join('\n\n'));
    const target = orderIds(ask, TOOL);
    return 'step' in target ? target.step : call(...target.ids.map((id) => ask.tools.call(TOOL, { order_id: id })));
  },
};

const AND_DISPATCH = /\b(?:and|then|und|dann|,)\s+(?:then |dann )?(?:dispatch|start|submit|starte|dispatche|schick)/;
const AND_RETRY =
  /\b(?:retry|re-?run|redo|re-?render|render (?:\S+ )?again|wiederhole?n?|nochmals?|erneut|neu rendern)\b/;

/** After changes that all went through, "… and dispatch it" or "… and retry" does so to the changed orders; else just the answer. */
export function dispatchAfter(ask: Ask, changes: readonly Outcome[], answer: string): Step {
  const tool = AND_DISPATCH.test(ask.folded) ? TOOL : AND_RETRY.test(ask.folded) ? 'retry_failed_renders' : undefined;
  if (tool === undefined || changes.some((change) => change.kind !== 'ok')) return say(answer);
  const missing = notOffered(ask, tool);
  if (!ask.tools.has(tool)) return missing.kind === 'say' ? say(`${answer}\n\n${missing.text}`) : missing;
  const next = ask.outcomes.filter((outcome) => outcome.tool === tool);
  if (next.length > 0) return say([answer, ...next.map((outcome) => changedOrder(ask, outcome))].join('\n\n'));
  const orders = changes.map((change) => textOf(objectOr(change.value.order).number));
  const ids =
    saysLast(ask) || orders.includes(undefined) ? orders.filter((id) => id !== undefined).slice(0, 1) : orders;
  const calls = [...new Set(ids)].map((id) => ask.tools.call(tool, { order_id: id }));
  return calls.length > 0 ? call(...calls) : say(answer);
}
