import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { isObject, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import { name } from './markdown.ts';
import { orderName, orderOf, orderWhat } from './order.ts';
import { editedNote, misfortune, rawResult } from './outcome.ts';

/** The answer after `set_material_override` or `set_render_overrides`, from what the result says is set now. */
export function overrideAnswer(ask: Ask, outcome: Outcome): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const order = orderOf(outcome.value);
  if (order === undefined) return rawResult(ask, outcome);
  const sentence =
    outcome.tool === 'set_material_override'
      ? materialSentence(ask, order)
      : settingsSentence(ask, order, outcome.value.edited === true);
  return `${sentence}${previousNote(ask, outcome.value)}${editedNote(ask, outcome)}`;
}

function materialSentence(ask: Ask, order: JsonObject): string {
  const material = textOf(order.material_override);
  if (material === undefined) {
    return pick(
      ask,
      `Order ${orderName(order)} has no material override now.`,
      `Auftrag ${orderName(order)} hat jetzt keine Materialüberschreibung mehr.`,
    );
  }
  return pick(
    ask,
    `Order ${orderName(order)} now has the material override ${name(material)}.`,
    `Auftrag ${orderName(order)} hat jetzt die Materialüberschreibung ${name(material)}.`,
  );
}

/** What was asked for is repeated only where it is what ran: an edited change is told by its result alone. */
function settingsSentence(ask: Ask, order: JsonObject, edited: boolean): string {
  const asked = Object.entries(ask.slots.image).map(([setting, value]) => `${setting} ${String(value)}`);
  const what = edited ? '' : ` (${asked.join(', ')})`;
  return pick(
    ask,
    `Changed the render settings of order ${orderName(order)}${what}: it is ${orderWhat(order, ask.language)}.`,
    `Render-Einstellungen von Auftrag ${orderName(order)} geändert${what}: jetzt ${orderWhat(order, ask.language)}.`,
  );
}

function previousNote(ask: Ask, value: JsonObject): string {
  const { previous } = value;
  if (previous === undefined) return '';
  const none = previous === null || previous === '' || (isObject(previous) && Object.keys(previous).length === 0);
  const before = none
    ? pick(ask, 'none', 'keine')
    : name(typeof previous === 'string' ? previous : JSON.stringify(previous));
  return pick(ask, ` Before: ${before}.`, ` Vorher: ${before}.`);
}
