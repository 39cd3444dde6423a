import { expect, it } from 'vitest';
import { callsOf, user, words } from '../test-support/converse.ts';

const ask = user('How many renders failed this week?');

it('none: words; required: a call; named: that call', () => {
  expect(words([ask], { tool_choice: 'none' })).toMatch(/not available/);
  expect(callsOf([user('hello')], { tool_choice: 'required' })).toHaveLength(1);
  const named = { type: 'function', function: { name: 'get_render_stats' } };
  expect(callsOf([ask], { tool_choice: named })).toEqual([
    { name: 'get_render_stats', arguments: { period: 'this_week' } },
  ]);
  expect(callsOf([user('hello')], { tool_choice: named })).toEqual([{ name: 'get_render_stats', arguments: {} }]);
});

it('fits arguments to strict schemas: null where nothing was said', () => {
  const properties = {
    status: { type: ['string', 'null'] },
    limit: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
  };
  const parameters = { type: 'object', properties, required: ['status', 'limit'], additionalProperties: false };
  const strict = { type: 'function', function: { name: 'list_orders', strict: true, parameters } };
  expect(callsOf([user('show my last 5 orders')], { tools: [strict] })[0]?.arguments).toEqual({
    status: null,
    limit: 5,
  });
});
