import { expect, it } from 'vitest';
import { answered, assistant, callsOf, user } from './test-support/converse.ts';
import { found, lookedUp, order } from './test-support/results.ts';
import { allTools } from './test-support/offered-tools.ts';

const made = [
  user('Render all Kugellager as WebP'),
  ...lookedUp,
  ...answered(['create_order', {}, { order }]),
  assistant('Done.'),
];
const searched = [user('find bearings'), ...answered(['search_products', {}, found]), assistant('148 products.')];

/** Each tool with a sentence in English and one in German, after what was said before. */
const SENTENCES: [tool: string, english: string, german: string, before?: ReturnType<typeof user>[]][] = [
  ['list_orders', 'Show me the orders of mine that failed', 'Welche Aufträge laufen gerade?'],
  ['search_products', 'Do we have any needle bearings?', 'Haben wir Nadellager?'],
  ['get_order_status', 'How far is SA-2026-00160?', 'Wie weit ist der Auftrag SA-2026-00160?'],
  ['get_render_stats', 'How many renders failed last week?', 'Wie viele Renders sind letzte Woche fehlgeschlagen?'],
  [
    'check_materials',
    'Which materials are missing a mapping on SA-2026-00160?',
    'Prüfe die Materialien von SA-2026-00160',
  ],
  ['query_database', 'SQL: select count(*) from orders', 'Führe diese Abfrage aus: select count(*) from orders'],
  ['list_output_types', 'What output types do we have?', 'Zeige die Ausgabetypen'],
  ['list_materials', 'Show me the material library', 'Welche Materialien gibt es?'],
  ['show_in_app', 'Take me to order SA-2026-00160', 'Öffne Auftrag SA-2026-00160'],
  ['show_in_app', 'Open the products', 'Öffne die Einstellungen'],
  ['create_order', 'Order these as PNG', 'Bestelle diese als PNG', searched],
  ['dispatch_renders', 'Please start SA-2026-00161', 'Bitte starte SA-2026-00161'],
  ['set_material_override', 'Make SA-2026-00160 use material Steel-Bare', 'Nimm Material Steel-Bare für SA-2026-00160'],
  ['set_render_overrides', 'Change SA-2026-00160 to 2048x2048', 'Setze SA-2026-00160 auf 2048x2048'],
  ['cancel_order', 'Please cancel SA-2026-00160', 'Bitte SA-2026-00160 stornieren'],
  [
    'retry_failed_renders',
    'Try the failed renders of SA-2026-00160 again',
    'Wiederhole die fehlgeschlagenen Renders von SA-2026-00160',
  ],
  ['combine_selections', 'Put sel_aaa and sel_bbb together', 'sel_aaa ohne sel_bbb'],
  ['select_rendered', 'Order the ones that failed as PNG', 'Rendere die fehlgeschlagenen als PNG', made],
  ['undo_action', 'Take that back', 'Mach das rückgängig', made],
];

it.each(
  SENTENCES.flatMap(([tool, english, german, before]) => [
    [tool, english, before ?? []] as const,
    [tool, german, before ?? []] as const,
  ]),
)('%s: %s', (tool, sentence, before) => {
  const messages = [...before, user(sentence)];
  const first = callsOf(messages).map(({ name }) => name);
  const types = answered([
    'list_output_types',
    {},
    { output_types: [{ name: 'Web', format: 'png', width: 1, height: 1 }] },
  ]);
  const second =
    tool === 'create_order' || tool === 'select_rendered'
      ? callsOf([...messages, ...types]).map(({ name }) => name)
      : [];
  expect([...first, ...second]).toContain(tool);
});

it('covers every tool', () => {
  const offered = allTools.map((tool) => (tool as { function: { name: string } }).function.name);
  expect(offered.filter((name) => !SENTENCES.some(([tool]) => tool === name))).toEqual([]);
});
