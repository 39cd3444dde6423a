import { describe, expect, it } from 'vitest';
import { callsOf, user, words } from './test-support/converse.ts';

/** A sentence and the calls its first step asks for, as `tool {arguments}`. */
type Row = [sentence: string, ...calls: string[]];

const types = 'list_output_types {}';
const kugellager = 'search_products {"category":"Kugellager"}';
const status160 = 'get_order_status {"order_id":"SA-2026-00160"}';
const steel160 = 'set_material_override {"order_id":"SA-2026-00160","material_name":"Steel-Bare"}';
const noMaterial160 = 'set_material_override {"order_id":"SA-2026-00160","material_name":null}';
const overrides160 = (overrides: string): string =>
  `set_render_overrides {"order_id":"SA-2026-00160","overrides":${overrides}}`;
const stats = (args: string): string => `get_render_stats {${args}}`;

const CREATE: Row[] = [
  ['Render all Kugellager products as WebP at 1024x1024', kugellager, types],
  ['Rendere alle Kugellager-Produkte als WebP in 1024x1024', kugellager, types],
  ['render all ball bearings as webp at 1024 x 1024', kugellager, types],
  [
    'Erstelle einen Auftrag für alle Rillenkugellager als PNG 800x600',
    'search_products {"category":"Rillenkugellager"}',
    types,
  ],
  [
    'Kannst du alle Pendelrollenlager als JPEG in 1920x1080 rendern?',
    'search_products {"category":"Pendelrollenlager"}',
    types,
  ],
  ['Ich brauche alle Nadellager als WebP in 800x800', 'search_products {"category":"Nadellager"}', types],
  [
    'Mach mir bitte Bilder von allen Zylinderrollenlagern als webp',
    'search_products {"category":"Zylinderrollenlager"}',
    types,
  ],
  [
    'Could you create an order for 6205-2RS as PNG with transparent background?',
    'search_products {"query":"6205-2RS"}',
    types,
  ],
  ['render KL-6205-2RSR 1024x1024 webp', 'search_products {"query":"KL-6205-2RSR"}', types],
  [
    'Render all Kugellager > Rillenkugellager products as WebP',
    'search_products {"category":"Kugellager > Rillenkugellager"}',
    types,
  ],
  ['Rendere 6205 und 6206 als PNG', 'search_products {"query":"6205"}', 'search_products {"query":"6206"}', types],
  ['Render all Kugellager using output type "Web Catalog"', kugellager, types],
  ['Render everything as WebP', 'search_products {}', types],
  ['Render selection sel_abc123 as AVIF', types],
  ['webp 1024x1024 all Kugellager', kugellager, types],
];

const firstOf = (limit: number): string => `search_products {"category":"Kugellager","limit":${String(limit)}}`;
const PART: Row[] = [
  ['Render 10 Kugellager as PNG 512x512', firstOf(10), types],
  ['Render 5 Kugellager products as WebP at 1024x1024', firstOf(5), types],
  ['Render the first 3 Kugellager as WebP', firstOf(3), types],
  ['Rendere 10 Kugellager als WebP', firstOf(10), types],
  ['Rendere die ersten drei Kugellager als WebP', firstOf(3), types],
  ['Render ten ball bearings as WebP', firstOf(10), types],
  ['Render the first 30 Kugellager as WebP', firstOf(30), types],
  ['Render all Kugellager as WebP but do not dispatch', kugellager, types],
  ['render kugellager webp 1024', kugellager, types],
];

const CHANGE: Row[] = [
  ['Set material override to Steel-Bare on order SA-2026-00160', steel160],
  ['Setze die Materialüberschreibung auf Steel-Bare bei Auftrag SA-2026-00160', steel160],
  ['Setze das Material von SA-2026-00160 auf Steel-Bare', steel160],
  ['Change the material of order sa-2026-00160 to Steel-Bare', steel160],
  ['Use Steel-Bare as material for order SA-2026-00160', steel160],
  ['Nimm Material Steel-Bare für Auftrag SA-2026-00160', steel160],
  ['Remove the material override from order SA-2026-00160', noMaterial160],
  ['Entferne die Materialüberschreibung von SA-2026-00160', noMaterial160],
  [
    'Set material override to Steel-Bare on my last order',
    'set_material_override {"order_id":"last","material_name":"Steel-Bare"}',
  ],
  ['Setze Material für SA-2026-00160 auf "Stainless Steel"', steel160.replace('Steel-Bare', 'Stainless Steel')],
  ['Set material override to Steel-Bare on SA-2026-00160 and SA-2026-00161', steel160, steel160.replace('160', '161')],
  [
    'Set material to Brass and quality to 95 on SA-2026-00160',
    steel160.replace('Steel-Bare', 'Brass'),
    overrides160('{"quality":95}'),
  ],
  ['set override Brass-Satin on SA-2026-00160 and render again', steel160.replace('Steel-Bare', 'Brass-Satin')],
  ['Set material to Steel-Bare on SA-2026-00160 and retry', steel160],
  ['Set material to Steel-Bare on SA-2026-00160 but do not dispatch', steel160],
  ['Set quality to 90 on order SA-2026-00160', overrides160('{"quality":90}')],
  ['Setze die Größe von SA-2026-00160 auf 2048x2048', overrides160('{"width":2048,"height":2048}')],
  ['Set format png on order SA-2026-00160', overrides160('{"format":"png"}')],
  [
    'Change order SA-2026-00160 to JPG 640x480 with a white background',
    overrides160('{"format":"jpeg","width":640,"height":480,"background":"#ffffff"}'),
  ],
  [
    'Stelle Auftrag SA-2026-00160 auf PNG mit transparentem Hintergrund um',
    overrides160('{"format":"png","background":"transparent"}'),
  ],
  ['Set the camera of SA-2026-00160 to front and 64 samples', overrides160('{"samples":64,"camera":"front"}')],
  ['Dispatch order SA-2026-00160', 'dispatch_renders {"order_id":"SA-2026-00160"}'],
  ['Starte den Auftrag SA-2026-00160', 'dispatch_renders {"order_id":"SA-2026-00160"}'],
  ['Cancel order SA-2026-00160', 'cancel_order {"order_id":"SA-2026-00160"}'],
  ['Brich den Auftrag SA-2026-00160 ab', 'cancel_order {"order_id":"SA-2026-00160"}'],
  ['Retry the failed renders of SA-2026-00160', 'retry_failed_renders {"order_id":"SA-2026-00160"}'],
  ['Wiederhole die fehlgeschlagenen Renders von SA-2026-00160', 'retry_failed_renders {"order_id":"SA-2026-00160"}'],
  ['Combine sel_aaa and sel_bbb', 'combine_selections {"op":"union","a":"sel_aaa","b":"sel_bbb"}'],
  ['sel_aaa ohne sel_bbb', 'combine_selections {"op":"minus","a":"sel_aaa","b":"sel_bbb"}'],
];

const READ: Row[] = [
  ["What's the status of my last order?", 'get_order_status {"order_id":"last"}'],
  ['Wie ist der Status meines letzten Auftrags?', 'get_order_status {"order_id":"last"}'],
  ['status of SA-2026-00160', status160],
  ['SA-2026-00160?', status160],
  ['Was ist mit Auftrag SA-2026-00160?', status160],
  ['Why did SA-2026-00160 fail?', status160],
  ['Was SA-2026-00160 dispatched?', status160],
  ['When did SA-2026-00160 start?', status160],
  ['show my last 5 orders', 'list_orders {"limit":5,"mine":true}'],
  ['Zeige meine letzten fünf Aufträge', 'list_orders {"limit":5,"mine":true}'],
  ['which orders are running?', 'list_orders {"status":"running"}'],
  ['Gibt es fehlgeschlagene Aufträge?', 'list_orders {"status":"failed"}'],
  ['find 6205', 'search_products {"query":"6205"}'],
  ['show tapered roller bearings', 'search_products {"category":"Kegelrollenlager"}'],
  ['Kegelrollenlager', 'search_products {"category":"Kegelrollenlager"}'],
  ['How many Zylinderrollenlager do we have?', 'search_products {"category":"Zylinderrollenlager"}'],
  ['search for sealed deep groove ball bearings', 'search_products {"query":"sealed","category":"Rillenkugellager"}'],
  ['which materials are unmapped on SA-2026-00160', 'check_materials {"order_id":"SA-2026-00160"}'],
  ['Prüfe die Materialien von Auftrag SA-2026-00160', 'check_materials {"order_id":"SA-2026-00160"}'],
  ['Which output types are there?', types],
  ['Welche Ausgabetypen gibt es?', types],
  ['list materials', 'list_materials {}'],
  ['Show materials like steel', 'list_materials {"query":"steel"}'],
  [
    'SQL: select status, count(*) from orders group by status',
    'query_database {"sql":"select status, count(*) from orders group by status"}',
  ],
  ['Führe diese Abfrage aus: SELECT count(*) FROM products', 'query_database {"sql":"SELECT count(*) FROM products"}'],
];

const STATS: Row[] = [
  ['How many renders failed this week?', stats('"period":"this_week"')],
  ['Wie viele Renders sind diese Woche fehlgeschlagen?', stats('"period":"this_week"')],
  ['How many renders failed today?', stats('"period":"today"')],
  ['Warum sind gestern Renders fehlgeschlagen?', stats('"period":"yesterday"')],
  ['Why did renders fail last week?', stats('"period":"last_week"')],
  ['Show render stats by day for this month', stats('"period":"this_month","group_by":"day"')],
  ['Wie hoch ist der Durchsatz heute?', stats('"period":"today"')],
  ['How long do renders take?', stats('')],
  ['How many renders failed since 2026-11-01?', stats('"since":"2026-11-01T00:00:00Z"')],
];

/** Sentences that ask about a change or forbid it: none of them may lead to one. */
const NO_CHANGE = [
  "Don't cancel order SA-2026-00160",
  'Storniere SA-2026-00160 nicht',
  'How do I cancel an order?',
  'How can I set the material on SA-2026-00160?',
  'Should I dispatch SA-2026-00160?',
  'Hast du SA-2026-00160 gestartet?',
  'Do not dispatch SA-2026-00160',
  "Don't cancel SA-2026-00160 and do not dispatch it",
  'Cancel SA-2026-00160 if it failed',
  'Setze Material Steel-Bare bei SA-2026-00160, falls es fehlt',
  'Dispatch SA-2026-00160 when all materials are mapped',
  'Render all Kugellager as WebP if they have no images',
  'Cancel SA-2026-00160 and retry SA-2026-00161',
  'Retry SA-2026-00160 as PNG',
  'Cancel SA-2026-00160 and set quality to 90 on SA-2026-00161',
  'Set material to Steel-Bare on SA-2026-00160 and Brass-Satin on SA-2026-00161',
  'Set quality to 90 on SA-2026-00160 and 80 on SA-2026-00161',
  'order status',
  'Tell me a joke',
  'make it 2048x2048',
  'undo that',
];

describe.each([
  ['orders', CREATE],
  ['orders of a part', PART],
  ['changes', CHANGE],
  ['reads', READ],
  ['figures', STATS],
])('%s', (_, rows) => {
  it.each(rows)('%s', (sentence, ...expected) => {
    const calls = callsOf([user(sentence)]).map((call) => `${call.name} ${JSON.stringify(call.arguments)}`);
    expect(calls).toEqual(expected);
  });
});

describe('words only', () => {
  it.each(NO_CHANGE)('%s', (sentence) => {
    const reads = callsOf([user(sentence)]).filter((call) => !/^(?:get|list|search|check)_/.test(call.name));
    expect(reads).toEqual([]);
  });

  it.each([
    ['Cancel SA-2026-00160 if it failed', /condition “if it failed”/],
    ['Cancel SA-2026-00160 and retry SA-2026-00161', /one at a time/],
    ['Render 100 Kugellager as WebP', /all products of a category/],
    ['Render some Kugellager as WebP', /all products of a category/],
    ['Render the last 5 Kugellager as WebP', /all products of a category/],
    ['How many renders failed this week and last week?', /one period at a time/],
  ])('%s', (sentence, expected) => {
    expect(words([user(sentence)])).toMatch(expected);
  });

  it('says what it is, in the language of the user', () => {
    expect(words([user('hello')])).toMatch(/a set of rules, not a language model/);
    expect(words([user('Hallo, was kannst du?')])).toMatch(/kein Sprachmodell/);
    expect(words([user('Order all Schrägkugellager as TIFF')])).toMatch(/TIFF is not a format/);
  });
});
