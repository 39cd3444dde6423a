import { describe, expect, it } from 'vitest';
import { answered, assistant, callsOf, user, words } from '../test-support/converse.ts';
import { found, order, outputTypes } from '../test-support/results.ts';

const types = answered(['list_output_types', {}, outputTypes]);
const earlier = [
  user('find Kugellager'),
  ...answered(['search_products', { category: 'Kugellager' }, found]),
  assistant('148 products.'),
];
const asked = [
  user('How is SA-2026-00161?'),
  ...answered(['get_order_status', { order_id: 'SA-2026-00161' }, { order, failures: [] }]),
  assistant('2 failed.'),
];
const part = { count: 12, selection_id: 'sel_p', label: 'part', products: [] };
const rest = { count: 136, selection_id: 'sel_r', label: 'rest', products: [] };

/** The calls for a sentence, one after another, each answered as given; the last are those that are left. */
function converse(sentence: string, before: object[], ...results: [string, object, object][]) {
  const done = results.flatMap((result) => answered(result));
  return callsOf([...before, user(sentence), ...types, ...done] as never).map((call) => [call.name, call.arguments]);
}

describe('a part of a selection', () => {
  it.each([
    ['Render those without the 62 series as WebP', 'minus'],
    ['Rendere diese ohne die Baureihe 62 als WebP', 'minus'],
    ['Order them except the 62 ones', 'minus'],
    ['Render only the 62 series as WebP', 'intersect'],
    ['Rendere nur die Baureihe 62 als WebP', 'intersect'],
  ])('%s', (sentence, op) => {
    const search = { query: '62' };
    const combined = { op, a: 'sel_k1', b: 'sel_p' };
    expect(converse(sentence, earlier)).toEqual([['search_products', search]]);
    expect(converse(sentence, earlier, ['search_products', search, part])).toEqual([['combine_selections', combined]]);
    const ordered = converse(
      sentence,
      earlier,
      ['search_products', search, part],
      ['combine_selections', combined, rest],
    );
    expect(ordered).toEqual([['create_order', expect.objectContaining({ selection_id: 'sel_r' })]]);
  });

  it('is taken from what the same sentence names', () => {
    const sentence = 'Render all Kugellager without Schrägkugellager as WebP';
    const whole = ['search_products', { category: 'Kugellager' }, found] as [string, object, object];
    expect(converse(sentence, [])).toEqual([['search_products', { category: 'Kugellager' }]]);
    const excluded = { category: 'Schrägkugellager' };
    expect(converse(sentence, [], whole)).toEqual([['search_products', excluded]]);
    expect(converse(sentence, [], whole, ['search_products', excluded, part])).toEqual([
      ['combine_selections', { op: 'minus', a: 'sel_k1', b: 'sel_p' }],
    ]);
  });

  it('orders nothing where there is no such part, or nothing is left', () => {
    const none = { count: 0, selection_id: null, label: '', products: [] };
    const sentence = 'Render those without the 62 series as WebP';
    const said = words([...earlier, user(sentence), ...types, ...answered(['search_products', { query: '62' }, none])]);
    expect(said).toBe('There are no such products, so nothing was ordered.');
  });
});

describe('the ones that failed', () => {
  const failedOf = { order_id: 'SA-2026-00161', status: 'failed' };

  it.each(['Order the ones that failed as PNG', 'Rendere die fehlgeschlagenen als PNG'])('%s', (sentence) => {
    expect(converse(sentence, asked)).toEqual([['select_rendered', failedOf]]);
    expect(converse(sentence, asked, ['select_rendered', failedOf, part])).toEqual([
      ['create_order', expect.objectContaining({ selection_id: 'sel_p' })],
    ]);
  });

  it('are those of a time where the sentence names one', () => {
    expect(converse('Order the ones that failed this week as PNG', [])).toEqual([
      ['select_rendered', { status: 'failed', period: 'this_week' }],
    ]);
  });

  it('are asked about where nobody knows of which order', () => {
    expect(words([user('Order the ones that failed as PNG'), ...types])).toMatch(/^Failed where\?/);
  });
});
