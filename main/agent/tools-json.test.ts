import { expect, test } from 'vitest';
import type { ModelTool } from './model-types.ts';
import { toolsJson } from './tools-json.ts';

const tool = (name: string): ModelTool => ({
  type: 'function',
  function: { name, description: `Says "${name}" ä\n`, parameters: { type: 'object' }, strict: true },
});

test('tools are the JSON that they would be one by one, in their order, however often they are asked for', () => {
  const tools = [tool('b'), tool('a')];
  expect(toolsJson(tools, true)).toBe(JSON.stringify(tools));
  expect(toolsJson(tools.toReversed(), true)).toBe(JSON.stringify(tools.toReversed()));
  expect(toolsJson([], true)).toBe('[]');
});

test('a model that refuses the word strict is sent none, and one that takes it still gets it', () => {
  const tools = [tool('a')];
  const loose = JSON.parse(toolsJson(tools, false)) as unknown[];
  const { strict: _strict, ...rest } = tool('a').function;
  expect(loose).toEqual([{ type: 'function', function: rest }]);
  expect(JSON.parse(toolsJson(tools, true))).toEqual(tools);
});
