import { expect, it } from 'vitest';
import { fail } from '../../shared/errors/index.ts';
import { parseToolCall, prepareCall } from './parse-tool-call.ts';
import { toolsOf } from './tools/index.ts';

const tools = toolsOf('viewer');
const parse = (name: string, args: string) => parseToolCall({ id: 'call_1', name, arguments: args }, tools, []);

it.each([
  ['{"limit": 5}', { limit: 5 }],
  ['', {}],
  [' \n', {}],
  ['{}', {}],
])('reads the arguments %j of a call', (text, args) => {
  expect(parse('list_orders', text)).toMatchObject({
    tool: 'list_orders',
    arguments: args,
    prepared: { ok: true, value: { kind: 'read' } },
  });
});

it.each(['[]', '[{"limit": 5}]', '"all"', 'null', '5'])('asks for one object where the arguments are %s', (text) => {
  expect(parse('list_orders', text)).toEqual({
    tool: 'list_orders',
    arguments: {},
    prepared: fail('validation_failed', 'The arguments must be one JSON object.'),
  });
});

it.each(['{"limit": ', '{limit: 5}', 'all of them'])('asks for JSON where the arguments are %s', (text) => {
  expect(parse('list_orders', text)).toEqual({
    tool: 'list_orders',
    arguments: {},
    prepared: fail('validation_failed', 'The arguments were not valid JSON. Send them as one complete JSON object.'),
  });
});

it.each([
  ['functions.list_orders', 'functions_list_orders'],
  ['list orders\n', 'list_orders_'],
  ['tool-1', 'tool-1'],
  ['', 'unnamed'],
  ['x'.repeat(100), 'x'.repeat(64)],
  ['ZÜRICH9', 'Z_RICH9'],
])('carries the name %j on as %s and says which tools there are', (name, carried) => {
  const parsed = parse(name, '{"a": 1}');
  expect(parsed).toMatchObject({ tool: carried, arguments: { a: 1 } });
  const names = tools.map((tool) => tool.name).join(', ');
  expect(parsed.prepared).toEqual(fail('validation_failed', `There is no tool of that name. Tools: ${names}.`));
});

it('knows no tool that the role does not have', () => {
  const call = { tool: 'create_order', arguments: { selection_id: 's', output_type_name: 'Web' } };
  expect(prepareCall(call, tools, []).ok).toBe(false);
  expect(prepareCall(call, toolsOf('operator'), [])).toMatchObject({ ok: true, value: { kind: 'change' } });
});
