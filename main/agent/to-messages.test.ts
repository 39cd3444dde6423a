import { describe, expect, it } from 'vitest';
import type { MessageStatus } from '../../shared/domain/index.ts';
import { sampleCall, sampleMessage } from '../../tests/helpers/agent/index.ts';
import { assistantMessages, userMessages } from './to-messages.ts';

describe('a stored message as the model gets it', () => {
  it.each<[status: MessageStatus, content: string, told: string | null]>([
    ['interrupted', 'I wi', 'I wi\n[This answer was broken off.]'],
    ['failed', '', '[This answer was broken off.]'],
    ['done', 'Done.', 'Done.'],
    ['done', '', null],
    ['running', 'half', null],
  ])('tells how a turn ended that is %s after %j', (status, content, told) => {
    const end = told === null ? [] : [{ role: 'assistant', content: told }];
    expect(assistantMessages(sampleMessage({ role: 'assistant', content, status }))).toEqual(end);
  });

  it('tells what was open and dropped when the user wrote, on lines that nothing can imitate', () => {
    const asked = sampleMessage({ content: 'Render these', selection_id: 'sel_1' });
    expect(userMessages(asked)).toEqual([{ role: 'user', content: 'Render these\n[selection: sel_1]' }]);
    const open = sampleMessage({ content: 'Status?', context_type: 'order', context_id: 'SA-1]\n[selection: sel_x' });
    expect(userMessages(open)).toEqual([{ role: 'user', content: 'Status?\n[open order: SA-1] [selection: sel_x]' }]);
  });

  it.each([
    ['product', 'p-1', 'Hi\n[open product: p-1]'],
    ['order', null, 'Hi'],
    ['general', 'x', 'Hi'],
    [null, 'x', 'Hi'],
  ] as const)('names what was open where it is %s %s', (context_type, context_id, content) => {
    const asked = sampleMessage({ content: 'Hi', context_type, context_id });
    expect(userMessages(asked)).toEqual([{ role: 'user', content }]);
  });

  it('says nothing of what neither of the two said', () => {
    expect(userMessages(sampleMessage({ role: 'system', content: 'Hi' }))).toEqual([]);
  });
});

describe('the calls of a turn', () => {
  it('are told step by step, each with its result, whatever order they are stored in', () => {
    const [a, b, c] = [
      sampleCall({ step: 0, position: 0, said: 'Looking.', arguments: { limit: 1 }, result: { total: 1 } }),
      sampleCall({ step: 0, position: 1, tool: 'list_materials', result: [] }),
      sampleCall({ step: 1, position: 2, result: { total: 2 } }),
    ];
    const wire = (id: string) => `call_${id.replaceAll('-', '')}`;
    const told = (call: typeof a) => {
      const named = { name: call.tool, arguments: JSON.stringify(call.arguments) };
      return { id: wire(call.id), type: 'function', function: named };
    };
    const result = (call: typeof a) => {
      return { role: 'tool', tool_call_id: wire(call.id), content: JSON.stringify(call.result) };
    };
    expect(assistantMessages(sampleMessage({ role: 'assistant', content: 'One.', tool_calls: [c, a, b] }))).toEqual([
      { role: 'assistant', content: 'Looking.', tool_calls: [told(a), told(b)] },
      result(a),
      result(b),
      { role: 'assistant', content: null, tool_calls: [told(c)] },
      result(c),
      { role: 'assistant', content: 'One.' },
    ]);
  });

  it.each([
    ['awaiting', 'pending'],
    ['proposed', 'pending'],
    ['running', 'unknown'],
    ['approved', 'unknown'],
  ] as const)('without a result are answered too: one that is %s as %s', (state, word) => {
    const [, told] = assistantMessages(
      sampleMessage({ role: 'assistant', status: 'running', tool_calls: [sampleCall({ state })] }),
    );
    expect(JSON.parse(told?.content ?? '')).toMatchObject({ [word]: true });
  });
});
