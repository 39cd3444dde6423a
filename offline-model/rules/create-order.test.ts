import { expect, it } from 'vitest';
import { answered, assistant, callsOf, system, user, words } from '../test-support/converse.ts';
import { readingTools } from '../test-support/offered-tools.ts';
import { found, lookedUp, order, outputTypes } from '../test-support/results.ts';

function orderArguments(sentence: string): unknown {
  return callsOf([user(sentence), ...lookedUp])[0]?.arguments;
}

it('takes the recipe nearest to the wish and overrides only what differs', () => {
  const base = { selection_id: 'sel_k1', dispatch: true };
  expect(orderArguments('Render all Kugellager products as WebP at 1024x1024')).toEqual({
    ...base,
    output_type_name: 'Shop WebP large',
  });
  expect(orderArguments('Render all Kugellager as WebP at 640x480, quality 80')).toEqual({
    ...base,
    output_type_name: 'Shop WebP',
    render_overrides: { width: 640, height: 480, quality: 80 },
  });
  expect(orderArguments('Render all Kugellager')).toEqual({ ...base, output_type_name: 'Web Catalog' });
  expect(orderArguments('Render all Kugellager as AVIF')).toEqual({
    ...base,
    output_type_name: 'Web Catalog',
    render_overrides: { format: 'avif' },
  });
  expect(orderArguments('Rendere alle Kugellager als "Shop WebP" mit Material Steel-Bare, als Entwurf')).toEqual({
    selection_id: 'sel_k1',
    output_type_name: 'Shop WebP',
    material_override: 'Steel-Bare',
    dispatch: false,
  });
});

it('says what the result says, in the language of the user', () => {
  const done = answered(['create_order', {}, { order }]);
  const german = words([user('Rendere alle Kugellager als WebP in 1024x1024'), ...lookedUp, ...done]);
  expect(german).toBe(
    'Auftrag **SA-2026-00161** angelegt: 148 Produkte als WEBP 1024×1024 (Shop WebP large). Status: eingereiht.',
  );
  const draft = answered(['create_order', {}, { order: { ...order, status: 'draft' }, edited: true }]);
  expect(words([user('Render all Kugellager as WebP as a draft'), ...lookedUp, ...draft])).toMatch(
    /It is a draft\..*edited/,
  );
});

it('claims nothing after a rejection, an error or an unknown outcome', () => {
  const after = (result: unknown): string =>
    words([user('Render all Kugellager as WebP'), ...lookedUp, ...answered(['create_order', {}, result])]);
  expect(after({ rejected: true, reason: 'too many' })).toBe(
    'That was not approved, so nothing was changed. Reason: too many',
  );
  expect(after({ error: { code: 'unknown_material', message: 'No such material.' } })).toMatch(
    /^That did not work: No such material\. \(`unknown_material`\)/,
  );
  expect(after({ error: { code: 'internal_error', message: 'Oops.' } })).toMatch(
    /^It is not known whether that happened: Oops\./,
  );
  expect(after({ pending: true, reason: 'x' })).toBe('That still waits for approval: x');
  expect(after({ unknown: true, message: 'The desk stopped.' })).toMatch(/not known whether/);
});

it('tries the words as a query where the category is empty, then gives up with a hint', () => {
  const none = { count: 0, selection_id: null, products: [] };
  const first = answered(['search_products', { category: 'Gleitlager' }, none], ['list_output_types', {}, outputTypes]);
  const ask = user('Render all Gleitlager as WebP');
  expect(callsOf([ask, ...first])).toEqual([{ name: 'search_products', arguments: { query: 'Gleitlager' } }]);
  const second = answered(['search_products', { query: 'Gleitlager' }, none]);
  expect(words([ask, ...first, ...second])).toMatch(/found no products for “Gleitlager”/);
});

it('takes the selection that is open, written in the message, or found before', () => {
  const context = system('selection: sel_list1 (10000 products of the dropped list)');
  const types = answered(['list_output_types', {}, outputTypes]);
  const use = (messages: object[]): unknown => callsOf([...messages, ...types] as never)[0]?.arguments.selection_id;
  expect(use([context, user('Order these as WebP')])).toBe('sel_list1');
  expect(use([user('Render these as WebP\n[selection: sel_list2, 3 products]')])).toBe('sel_list2');
  const before = [user('find Kugellager'), ...answered(['search_products', {}, found]), assistant('148 products.')];
  expect(use([...before, user('render them as PNG')])).toBe('sel_k1');
});

it('unites several things named', () => {
  const ask = user('Render Kugellager and Nadellager as WebP');
  const searched = answered(
    ['search_products', { category: 'Kugellager' }, found],
    ['search_products', { category: 'Nadellager' }, { ...found, selection_id: 'sel_n1' }],
    ['list_output_types', {}, outputTypes],
  );
  const union = { op: 'union', a: 'sel_k1', b: 'sel_n1' };
  expect(callsOf([ask, ...searched])).toEqual([{ name: 'combine_selections', arguments: union }]);
  const united = answered(['combine_selections', union, { count: 200, selection_id: 'sel_u1' }]);
  expect(callsOf([ask, ...searched, ...united])[0]?.arguments.selection_id).toBe('sel_u1');
});

it('tries "Massive Nadellager" as a category before it takes the words apart', () => {
  const search = (args: object): ReturnType<typeof answered> => answered(['search_products', args, { count: 0 }]);
  const ask = user('Zeige massive Nadellager');
  const first = search({ category: 'massive Nadellager' });
  expect(callsOf([ask])[0]?.arguments).toEqual({ category: 'massive Nadellager' });
  expect(callsOf([ask, ...first])[0]?.arguments).toEqual({ query: 'massive', category: 'Nadellager' });
});

it('takes no recipe with another view for its format alone', () => {
  const front = {
    name: 'Front View',
    description: 'Data sheets',
    is_default: false,
    format: 'png',
    width: 1200,
    height: 1200,
  };
  const print = {
    name: 'Print',
    description: 'Catalogue',
    is_default: false,
    format: 'png',
    width: 2400,
    height: 2400,
  };
  const types = answered(['list_output_types', {}, { output_types: [front, print] }]);
  const ordered = (sentence: string): unknown => callsOf([user(sentence), ...types])[0]?.arguments.output_type_name;
  expect(ordered('Render sel_k1 as PNG 1200x1200')).toBe('Print');
  expect(ordered('Render sel_k1 as Front View')).toBe('Front View');
});

it('says so where changing tools are not offered', () => {
  expect(words([user('Render all Kugellager as WebP')], { tools: readingTools })).toMatch(
    /`create_order` is not available/,
  );
});

it('means the exact product where a designation is named, and its variants too where all are', () => {
  const products = ['KL-6205', 'KL-6205-2RSR', 'KL-S6205'].map((pimId) => ({ id: `id-${pimId}`, pim_id: pimId }));
  const result = { count: 3, selection_id: 'sel_62', products };
  const types = answered(['search_products', { query: '6205' }, result], ['list_output_types', {}, outputTypes]);
  expect(callsOf([user('Render 6205 as WebP'), ...types])[0]?.arguments).toMatchObject({ product_ids: ['id-KL-6205'] });
  expect(callsOf([user('Render all 6205 as WebP'), ...types])[0]?.arguments).toMatchObject({ selection_id: 'sel_62' });
});

it('orders exactly as many as were asked for, or asks', () => {
  const products = ['a', 'b', 'c', 'd'].map((id) => ({ id, pim_id: id }));
  const looked = answered(
    ['search_products', { category: 'Kugellager', limit: 3 }, { ...found, products }],
    ['list_output_types', {}, outputTypes],
  );
  expect(callsOf([user('Render the first 3 Kugellager as WebP'), ...looked])[0]?.arguments.product_ids).toEqual([
    'a',
    'b',
    'c',
  ]);
  expect(words([user('Render 10 Kugellager as WebP'), ...looked])).toMatch(/all products of a category/);
});

it('reads one number after a format as a square, and a designation as a product', () => {
  const wished = { output_type_name: 'Shop WebP large', dispatch: true, selection_id: 'sel_k1' };
  expect(orderArguments('render kugellager webp 1024')).toEqual(wished);
  expect(orderArguments('Render all Kugellager as WebP at 1024')).toEqual(wished);
  expect(orderArguments('Render all Kugellager as WebP at 1024 but do not dispatch')).toEqual({
    ...wished,
    dispatch: false,
  });
  expect(callsOf([user('render webp 6205')])[0]?.arguments).toEqual({ query: '6205' });
});

it('keeps the meaning of an error that has a sign in it', () => {
  const error = { error: { code: 'invalid', message: 'expected number to be <=100' } };
  const text = words([user('Render all Kugellager as WebP'), ...lookedUp, ...answered(['create_order', {}, error])]);
  expect(text).toContain('expected number to be \\<=100');
});
