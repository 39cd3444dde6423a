import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { overrideAnswer } from '../answers/override.ts';
import type { PlannedCall, Step } from '../wire/types.ts';
import { isCommand } from './command.ts';
import { dispatchAfter } from './dispatch-order.ts';
import { orderIds, saysLast, speaksOfOrder } from './order-target.ts';
import { call, notOffered } from './rule.ts';
import type { Rule } from './rule.ts';

const VERB =
  /\b(?:set|change|use|make|switch|update|adjust|put|apply|give|override|setze?n?|aendern?|aendere|stelle?n?|nimm|verwende?n?|benutze?n?|wechsle|ueberschreibe?n?|remove|clear|reset|unset|drop|delete|entferne?n?|loesche?n?|zuruecksetzen)\b/;
const SUBJECT =
  /^\W*(?:please |bitte )?(?:the )?(?:material|quality|size|format|background|camera|samples|qualitaet|groesse|hintergrund|kamera)\b/;

/** "Set material override to Steel-Bare on order SA-2026-00160", "Set quality to 90 on …", also both at once and then "dispatch it". */
export const setOverrides: Rule = {
  name: 'set-overrides',
  respond: (ask) => {
    const { material, image, products } = ask.slots;
    const something = material !== undefined || Object.keys(image).length > 0;
    const addressed = speaksOfOrder(ask) || products.length === 0;
    if (!something || !addressed || !isCommand(ask)) return undefined;
    return VERB.test(ask.folded) || SUBJECT.test(ask.folded) ? respond(ask) : undefined;
  },
};

function toolsNeeded(ask: Ask): string[] {
  return [
    ...(ask.slots.material === undefined ? [] : ['set_material_override']),
    ...(Object.keys(ask.slots.image).length === 0 ? [] : ['set_render_overrides']),
  ];
}

function respond(ask: Ask): Step {
  const needed = toolsNeeded(ask);
  const missing = needed.find((tool) => !ask.tools.has(tool));
  if (missing !== undefined) return notOffered(ask, missing);
  const done = ask.outcomes.filter((outcome) => needed.includes(outcome.tool));
  const target = done.length > 0 && saysLast(ask) ? { ids: [''] } : orderIds(ask, needed[0] ?? '');
  if ('step' in target) return target.step;
  const open = needed.flatMap((tool) => {
    const asked = done.filter((outcome) => outcome.tool === tool).length;
    return target.ids.slice(asked).map((id) => change(ask, tool, id));
  });
  if (open.length > 0) return call(...open);
  return dispatchAfter(ask, done, answerOf(ask, done));
}

function change(ask: Ask, tool: string, id: string): PlannedCall {
  return tool === 'set_material_override'
    ? ask.tools.call(tool, { order_id: id, material_name: ask.slots.material })
    : ask.tools.call(tool, { order_id: id, overrides: { ...ask.memory.overrides(id), ...ask.slots.image } });
}

function answerOf(ask: Ask, done: Outcome[]): string {
  const answers = done.map((outcome) => overrideAnswer(ask, outcome));
  return answers.length > 0 ? answers.join('\n\n') : pick(ask, 'Nothing was changed.', 'Es wurde nichts geändert.');
}
