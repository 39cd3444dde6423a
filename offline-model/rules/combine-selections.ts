import { name, productCount } from '../answers/markdown.ts';
import { misfortune, rawResult } from '../answers/outcome.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { numberOf, textOf } from '../wire/json.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const TOOL = 'combine_selections';
const OPERATIONS: [RegExp, string][] = [
  [/\b(?:minus|without|except|subtract|remove|ohne|ausser|abzueglich|abziehen)\b/, 'minus'],
  [/\b(?:intersect\w*|overlap|in common|schnittmenge|gemeinsam\w*|schneide)\b/, 'intersect'],
  [/\b(?:union|combine|merge|join|add|plus|and|vereinig\w*|kombinier\w*|zusammen\w*|und)\b/, 'union'],
];

/** "Combine sel_a and sel_b", "sel_a minus sel_b", "Schnittmenge von sel_a und sel_b". */
export const combineSelections: Rule = {
  name: 'combine-selections',
  respond: (ask) => {
    const [left, right] = ask.slots.selections;
    const op = OPERATIONS.find(([pattern]) => pattern.test(ask.folded))?.[1];
    if (left === undefined || right === undefined || op === undefined) return undefined;
    if (!ask.tools.has(TOOL)) return notOffered(ask, TOOL);
    const done = lastOutcome(ask, TOOL);
    return done === undefined ? call(ask.tools.call(TOOL, { op, a: left, b: right })) : say(selectionAnswer(ask, done));
  },
};

function selectionAnswer(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const id = textOf(outcome.value.selection_id);
  const products = numberOf(outcome.value.count);
  if (id === undefined || products === undefined) return rawResult(ask, outcome);
  const amount = productCount(products, ask.language);
  return pick(
    ask,
    `The new selection ${name(id)} has ${amount}. Say “render these as WebP” to order them.`,
    `Die neue Auswahl ${name(id)} hat ${amount}. Mit „Rendere diese als WebP“ werden sie bestellt.`,
  );
}
