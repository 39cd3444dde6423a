import { describe, expect, it } from 'vitest';
import { createAccumulator } from './accumulate.ts';

const choice = (delta: unknown, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta, finish_reason }],
});
const call = (fragment: object) => choice({ tool_calls: [fragment] });

function feed(...chunks: unknown[]) {
  const accumulator = createAccumulator();
  const failures = chunks.map((chunk) => accumulator.add(chunk).failure?.code).filter((code) => code !== undefined);
  return { ...accumulator.answer(), failures };
}

describe('the accumulator', () => {
  it('puts text, parallel calls and usage together as Azure sends them', () => {
    const answer = feed(
      { choices: [], created: 0, id: '', model: '', object: '', prompt_filter_results: [] },
      choice({ role: 'assistant', content: '', refusal: null }),
      choice({ content: 'Loo' }),
      choice({ content: 'king' }),
      call({ index: 0, id: 'call_a', type: 'function', function: { name: 'list_orders', arguments: '' } }),
      call({ index: 0, function: { arguments: '{"limit"' } }),
      call({ index: 0, id: null, function: { name: null, arguments: ':5}' } }),
      call({ index: 1, id: 'call_b', function: { name: 'list_materials', arguments: '{}' } }),
      choice({}, 'tool_calls'),
      { choices: [], usage: { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 } },
    );
    expect(answer).toEqual({
      text: 'Looking',
      calls: [
        { id: 'call_a', name: 'list_orders', arguments: '{"limit":5}' },
        { id: 'call_b', name: 'list_materials', arguments: '{}' },
      ],
      finish: 'tool_calls',
      usage: { prompt: 100, completion: 20, total: 120 },
      failures: [],
    });
  });

  it('never lets a later fragment rename a call', () => {
    const answer = feed(
      call({ index: 0, id: 'a', function: { name: 'list_orders', arguments: '{' } }),
      call({ index: 0, function: { name: 'create_order', arguments: '}' } }),
      call({ index: 0, id: 'b', function: { arguments: '' } }),
    );
    expect(answer.calls).toEqual([{ id: 'a', name: 'list_orders', arguments: '{}' }]);
  });

  it.each([
    ['the index starts at 1', [{ index: 1, id: 'a', function: { name: 'f', arguments: '{}' } }]],
    ['there is no index', [{ id: 'a', function: { name: 'f', arguments: '{' } }, { function: { arguments: '}' } }]],
    [
      'id and name come in one piece each',
      [
        { index: 0, id: 'a' },
        { index: 0, function: { name: 'f' } },
        { index: 0, function: { arguments: '{}' } },
      ],
    ],
  ])('finds the call where %s', (_what, fragments) => {
    expect(feed(...fragments.map(call)).calls).toEqual([{ id: 'a', name: 'f', arguments: '{}' }]);
  });

  it('keeps the calls of a server apart that numbers all of them 0', () => {
    const answer = feed(
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '{"x":1}' } }),
      call({ index: 0, id: 'b', function: { name: 'g', arguments: '{"x":2}' } }),
    );
    expect(answer.calls.map(({ name, arguments: args }) => name + args)).toEqual(['f{"x":1}', 'g{"x":2}']);
  });

  it.each([
    null,
    'text',
    7,
    [],
    {},
    { choices: null },
    { choices: [null] },
    { choices: [{ index: 0 }] },
    choice(null),
    call({}),
  ])('survives the chunk %j', (chunk) => {
    expect(feed(chunk, choice({ content: 'still here' }, 'stop')).text).toBe('still here');
  });

  it('stands by a late content filter', () => {
    expect(
      feed(choice({ content: 'x' }, 'stop'), { choices: [{ index: 0, finish_reason: 'content_filter' }] }).finish,
    ).toBe('content_filter');
  });

  it.each([{ error: { message: 'high demand' } }, { code: 'x', message: 'high demand' }])(
    'takes %j for a failure',
    (frame) => {
      expect(feed(frame).failures).toEqual(['model_failed']);
    },
  );

  it('does not believe absurd usage', () => {
    expect(feed({ choices: [], usage: { prompt_tokens: -1, completion_tokens: 1e300 } }).usage).toBeNull();
  });

  it('bounds text, arguments and the number of calls', () => {
    expect(feed(choice({ content: 'x'.repeat(200_001) })).failures).toEqual(['model_failed']);
    expect(feed(call({ index: 0, id: 'a', function: { name: 'f', arguments: 'x'.repeat(100_001) } })).failures).toEqual(
      ['model_failed'],
    );
    const many = Array.from({ length: 33 }, (_unused, index) =>
      call({ index, id: String(index), function: { name: 'f' } }),
    );
    expect(feed(...many).failures).toEqual(['model_failed']);
  });
});
