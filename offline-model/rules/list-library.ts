import { list, name } from '../answers/markdown.ts';
import { misfortune } from '../answers/outcome.ts';
import { lastOutcome, pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Outcome } from '../conversation/outcome.ts';
import { objectsIn, textOf } from '../wire/json.ts';
import type { JsonObject } from '../wire/json.ts';
import { call, notOffered, say } from './rule.ts';
import type { Rule } from './rule.ts';

const OUTPUT_TYPES =
  /\b(?:output[- ]?types?|output[- ]?formats?|ausgabetyp(?:en)?|ausgabeformate?n?|(?:which|what|welche|list|show) (?:formats|formate)|render[- ]?recipes?|rezepte)\b/;
const MATERIALS = /\b(?:materials|materialien|werkstoffe|materialbibliothek|material library)\b/;
const QUERY = /\b(?:with|like|containing|named|called|mit|wie|namens)\s+["'„“]?([\p{L}\d-]+)/iu;
const SHOWN = 15;

/** "Which output types are there?" */
export const listOutputTypes: Rule = {
  name: 'list-output-types',
  respond: (ask) => {
    if (!OUTPUT_TYPES.test(ask.folded)) return undefined;
    if (!ask.tools.has('list_output_types')) return notOffered(ask, 'list_output_types');
    const done = lastOutcome(ask, 'list_output_types');
    return done === undefined ? call(ask.tools.call('list_output_types')) : say(namesAnswer(ask, done, 'output_types'));
  },
};

/** "List materials", "Welche Materialien mit Stahl gibt es?" */
export const listMaterials: Rule = {
  name: 'list-materials',
  respond: (ask) => {
    if (!MATERIALS.test(ask.folded)) return undefined;
    if (!ask.tools.has('list_materials')) return notOffered(ask, 'list_materials');
    const done = lastOutcome(ask, 'list_materials');
    const query = ask.slots.material ?? QUERY.exec(ask.text)?.[1];
    return done === undefined
      ? call(ask.tools.call('list_materials', query === undefined ? {} : { query }))
      : say(namesAnswer(ask, done, 'materials'));
  },
};

function namesAnswer(ask: Ask, outcome: Outcome, member: 'output_types' | 'materials'): string {
  const failed = misfortune(ask, outcome);
  if (failed !== undefined) return failed;
  const items = objectsIn(outcome.value[member]);
  if (items.length === 0) return pick(ask, 'There are none.', 'Es gibt keine.');
  const more = items.length > SHOWN ? pick(ask, ` The first ${String(SHOWN)}:`, ` Die ersten ${String(SHOWN)}:`) : '';
  const head =
    member === 'materials'
      ? pick(ask, `${String(items.length)} materials.${more}`, `${String(items.length)} Materialien.${more}`)
      : pick(ask, `${String(items.length)} output types.${more}`, `${String(items.length)} Ausgabetypen.${more}`);
  return `${head}\n\n${list(items.slice(0, SHOWN).map((item) => line(ask, item)))}`;
}

function line(ask: Ask, item: JsonObject): string {
  const format = textOf(item.format);
  const settings =
    format === undefined ? '' : ` (${format.toUpperCase()} ${String(item.width ?? '?')}×${String(item.height ?? '?')})`;
  const standard = item.is_default === true ? pick(ask, ', the default', ', Standard') : '';
  const description = textOf(item.description);
  return `${name(textOf(item.name) ?? '?')}${settings}${standard}${description === undefined ? '' : `: ${name(description)}`}`;
}
