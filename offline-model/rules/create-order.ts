import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { JsonObject } from '../wire/json.ts';
import type { Step } from '../wire/types.ts';
import { orderCreated } from '../answers/order-created.ts';
import { isCommand } from './command.ts';
import { chooseOutputType } from './output-type-choice.ts';
import { gatherProducts } from './gather-products.ts';
import { saysLast, speaksOfOrder } from './order-target.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const LEAD =
  "^(?:\\W|\\b(?:please|bitte|hi|hello|hallo|hey|ok|okay|now|then|and|und|jetzt|dann|can you|could you|would you|kannst du|koenntest du|i want (?:you )?to|i would like (?:you )?to|i'd like (?:you )?to|let's|ich moechte|ich will|wir moechten)\\b)*";
const COMMAND = new RegExp(
  `${LEAD}\\b(?:render|rendere|rendern|create|generate|produce|make|order(?! status| number| progress| list)|erstelle?n?|erzeuge?n?|bestelle?n?|mache?|lege?|produziere?)\\b`,
);
const AT_END = /\b(?:rendern|bestellen|anlegen|erstellen|erzeugen)\W*$/;
const NEED = /^\W*(?:i need|we need|ich brauche|wir brauchen|ich haette gerne?)\b/;

const LOOKING = /\b(?:find|finde|search|such|suche|show|zeige?|list|liste|how|wie|which|welche|what|was|why|warum)\b/;

/** "Render all Kugellager products as WebP at 1024x1024": find the products and the recipe, then create the order. */
export const createOrder: Rule = {
  name: 'create-order',
  respond: (ask) => {
    if (!isCommand(ask) || !isWanted(ask)) return undefined;
    if (!ask.tools.has('create_order')) return notOffered(ask, 'create_order');
    const done = lastOutcome(ask, 'create_order');
    if (done !== undefined) return say(orderCreated(ask, done));
    return declined(ask) ?? plan(ask);
  },
};

/** Does the sentence ask for a new order? */
export function isWanted(ask: Ask): boolean {
  if (ask.slots.orders.length > 0 || saysLast(ask) || speaksOfOrder(ask)) return false;
  if (/\b(?:list|show|zeige?) /.test(ask.folded) && !/\brender|\borders? (?:these|this|them)\b/.test(ask.folded))
    return false;
  const wishes = Object.keys(ask.slots.image).length > 0 || ask.slots.outputType !== undefined;
  const terse = ask.slots.image.format !== undefined && ask.slots.products.length > 0 && !LOOKING.test(ask.folded);
  if (terse) return true;
  return COMMAND.test(ask.folded) || AT_END.test(ask.folded) || (NEED.test(ask.folded) && wishes);
}

function declined(ask: Ask): Step | undefined {
  const { foreignFormat } = ask.slots;
  if (foreignFormat === undefined) return undefined;
  return say(
    pick(
      ask,
      `${foreignFormat} is not a format that can be ordered. WebP, PNG, JPEG and AVIF are.`,
      `${foreignFormat} kann nicht bestellt werden. Möglich sind WebP, PNG, JPEG und AVIF.`,
    ),
  );
}

/** Products and output types are looked up side by side; the order follows when both are there. */
function plan(ask: Ask): Step {
  const products = gatherProducts(ask);
  const recipe = chooseOutputType(ask);
  const calls = [...(products.calls ?? []), ...(recipe.calls ?? [])];
  if (products.stop !== undefined) return say(products.stop);
  if (calls.length > 0) return call(...calls);
  if (recipe.stop !== undefined) return say(recipe.stop);
  const args: JsonObject = {
    ...products.arguments,
    output_type_name: recipe.name,
    ...(Object.keys(recipe.overrides).length > 0 ? { render_overrides: recipe.overrides } : {}),
    ...(typeof ask.slots.material === 'string' ? { material_override: ask.slots.material } : {}),
    dispatch: !ask.slots.draft,
  };
  return call(ask.tools.call('create_order', args));
}
