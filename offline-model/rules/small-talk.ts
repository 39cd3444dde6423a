import { list } from '../answers/markdown.ts';
import { pick } from '../conversation/ask.ts';
import type { Ask } from '../conversation/ask.ts';
import type { Step } from '../wire/types.ts';
import { say } from './rule.ts';
import type { Rule } from './rule.ts';

const THANKS =
  /^\W*(?:thanks?|thank you|thx|danke|vielen dank|dankeschoen|ok|okay|great|super|perfect|perfekt)\b[^?]{0,30}$/;

/** "Thanks." */
export const thanks: Rule = {
  name: 'thanks',
  respond: (ask) =>
    THANKS.test(ask.folded) && ask.slots.products.length <= 1
      ? say(pick(ask, "You're welcome.", 'Gern geschehen.'))
      : undefined,
};

/** Greetings, "help", and everything no rule understands: says what this is and what it can do. */
export function introduce(ask: Ask): Step {
  const head = pick(
    ask,
    'I am the offline model: a set of rules, not a language model. I understand sentences like these:',
    'Ich bin das Offline-Modell: ein Satz von Regeln, kein Sprachmodell. Ich verstehe Sätze wie diese:',
  );
  return say(`${head}\n\n${list(examples(ask))}`);
}

const EXAMPLES: [tool: string, english: string, german: string][] = [
  [
    'create_order',
    'Render all Kugellager products as WebP at 1024x1024',
    'Rendere alle Kugellager als WebP in 1024x1024',
  ],
  ['get_order_status', "What's the status of my last order?", 'Wie ist der Status meines letzten Auftrags?'],
  [
    'set_material_override',
    'Set material override to Steel-Bare on order SA-2026-00160',
    'Setze die Materialüberschreibung auf Steel-Bare bei Auftrag SA-2026-00160',
  ],
  [
    'set_render_overrides',
    'Set quality to 90 on order SA-2026-00160',
    'Setze die Qualität auf 90 bei Auftrag SA-2026-00160',
  ],
  ['get_render_stats', 'How many renders failed this week?', 'Wie viele Renders sind diese Woche fehlgeschlagen?'],
  ['list_orders', 'Show my last 5 orders', 'Zeige meine letzten 5 Aufträge'],
  ['search_products', 'Find 6205', 'Finde 6205'],
  ['dispatch_renders', 'Dispatch order SA-2026-00160', 'Starte Auftrag SA-2026-00160'],
  [
    'check_materials',
    'Which materials are unmapped on SA-2026-00160?',
    'Welche Materialien sind bei SA-2026-00160 nicht zugeordnet?',
  ],
  ['list_output_types', 'Which output types are there?', 'Welche Ausgabetypen gibt es?'],
  ['list_materials', 'List materials', 'Welche Materialien gibt es?'],
  ['cancel_order', 'Cancel order SA-2026-00160', 'Storniere Auftrag SA-2026-00160'],
  [
    'retry_failed_renders',
    'Retry the failed renders of SA-2026-00160',
    'Wiederhole die fehlgeschlagenen Renders von SA-2026-00160',
  ],
  [
    'query_database',
    'SQL: select status, count(*) from orders group by status',
    'SQL: select status, count(*) from orders group by status',
  ],
];

/** Only what the offered tools can do; everything where none are offered. */
function examples(ask: Ask): string[] {
  const offered = EXAMPLES.filter(([tool]) => ask.tools.has(tool));
  return (offered.length > 0 ? offered : EXAMPLES).map(([, english, german]) => `“${pick(ask, english, german)}”`);
}
