import { describe, expect, it } from 'vitest';
import { answered, assistant, callsOf, user, words } from '../test-support/converse.ts';
import { found, lookedUp, order, outputTypes } from '../test-support/results.ts';

describe('one of a family', () => {
  it.each([
    'Render a Kugellager',
    'Render a ball bearing as PNG',
    'Rendere ein Rillenkugellager als WebP',
    'Erstelle einen Auftrag für ein Kugellager als WebP',
  ])('%s', (sentence) => {
    expect(words([user(sentence)])).toMatch(/Which Kugellager\?|Welches (?:Rillenk|K)ugellager\?/);
  });

  it('is known where its designation is said', () => {
    expect(callsOf([user('Render a Kugellager 6205 as WebP')])[0]?.name).toBe('search_products');
    expect(callsOf([user('Create an order for all Kugellager as WebP')])[0]?.name).toBe('search_products');
  });
});

describe('several steps and follow-ups', () => {
  it.each([
    'order all Nadellager as PNG and dispatch it',
    'Order all Nadellager as PNG, then start it right away!',
    'Bestelle alle Nadellager als PNG und starte den Auftrag sofort',
  ])('%s', (sentence) => {
    const search = { category: 'Nadellager' };
    expect(callsOf([user(sentence)])[0]?.arguments).toEqual(search);
    const searched = answered(['search_products', search, found], ['list_output_types', {}, outputTypes]);
    expect(callsOf([user(sentence), ...searched])).toMatchObject([
      { name: 'create_order', arguments: { selection_id: 'sel_k1', dispatch: true } },
    ]);
  });

  const made = [
    user('Render all Kugellager as WebP'),
    ...lookedUp,
    ...answered(['create_order', {}, { order }]),
    assistant('Done.'),
  ];

  it.each([
    ['cancel that', 'cancel_order', { order_id: 'SA-2026-00161' }],
    ['Storniere das', 'cancel_order', { order_id: 'SA-2026-00161' }],
    ['retry only the failed ones', 'retry_failed_renders', { order_id: 'SA-2026-00161' }],
    ['Wiederhole nur die fehlgeschlagenen', 'retry_failed_renders', { order_id: 'SA-2026-00161' }],
    ['only the failed ones', 'get_order_status', { order_id: 'SA-2026-00161' }],
    ['nur die fehlgeschlagenen', 'get_order_status', { order_id: 'SA-2026-00161' }],
  ])('%s', (sentence, tool, args) => {
    expect(callsOf([...made, user(sentence)])).toEqual([{ name: tool, arguments: args }]);
  });

  it('narrows the list that was just shown', () => {
    const orders = { orders: [order, { ...order, number: 'SA-2026-00162' }], total: 2 };
    const listed = [
      user('show my last 5 orders'),
      ...answered(['list_orders', { limit: 5, mine: true }, orders]),
      assistant('2 orders.'),
    ];
    expect(callsOf([...listed, user('only the failed ones')])).toEqual([
      { name: 'list_orders', arguments: { limit: 5, mine: true, status: 'failed' } },
    ]);
    expect(callsOf([...listed, user('nur die laufenden')])[0]?.arguments).toMatchObject({ status: 'running' });
  });
});
