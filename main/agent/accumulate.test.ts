import { describe, expect, it } from 'vitest';
import { failure } from '../../shared/errors/index.ts';
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

describe('what does not belong into an answer', () => {
  const failureOf = (...chunks: unknown[]) => {
    const accumulator = createAccumulator();
    return chunks.map((chunk) => accumulator.add(chunk).failure?.message).find((message) => message !== undefined);
  };

  it('ends it, with what the service says', () => {
    expect(failureOf({ error: { message: 'high demand' } })).toBe('The model stopped with an error: high demand');
    expect(failureOf({ code: 'x', message: 'high demand' })).toBe('The model stopped with an error: high demand');
    expect(failureOf({ error: { message: 'x'.repeat(999) } })).toHaveLength(33 + 300);
    expect(failureOf({ error: {} })).toBe(failure('model_failed').message);
    expect(failureOf({ error: { message: 5 } })).toBe(failure('model_failed').message);
  });

  it.each([
    { error: 'x', choices: [] },
    { error: null },
    { code: 'x' },
    { message: 'x' },
    { code: 'x', message: 'x', choices: [] },
  ])('is not seen in %j', (chunk) => {
    expect(failureOf(chunk)).toBeUndefined();
  });

  it.each([
    ['text', choice({ content: 'x'.repeat(200_000) }), choice({ content: 'x' })],
    [
      'arguments',
      call({ index: 0, id: 'a', function: { name: 'f', arguments: 'x'.repeat(100_000) } }),
      call({ index: 0, function: { arguments: 'x' } }),
    ],
    [
      'tool calls',
      choice({ tool_calls: Array.from({ length: 32 }, (_, index) => ({ index, id: String(index) })) }),
      call({ index: 32, id: '32' }),
    ],
  ])('is a %s beyond the bound, by one already', (what, most, more) => {
    expect(failureOf(most)).toBeUndefined();
    expect(failureOf(most, more)).toBe(`The model sent too much (${what}) and was stopped. Ask for less at once.`);
  });

  it('is no text of the answer', () => {
    const accumulator = createAccumulator();
    expect(accumulator.add(choice({ content: 5, refusal: { a: 1 } }))).toEqual({ text: '' });
    expect(accumulator.add({ error: { message: 'x' } }).text).toBe('');
    expect(accumulator.add(choice({ content: 'x'.repeat(200_001) })).text).toBe('');
    expect(createAccumulator().answer()).toEqual({ text: '', calls: [], finish: null, usage: null });
  });
});

describe('an answer in parts', () => {
  it('is told part by part, a refusal like any text', () => {
    const accumulator = createAccumulator();
    expect(accumulator.add(choice({ content: 'I ' }))).toEqual({ text: 'I ' });
    expect(accumulator.add(choice({ content: 'will', refusal: ' not' }))).toEqual({ text: 'will not' });
    const many = Array.from({ length: 33 }, (_, index) => ({ index }));
    expect(accumulator.add(choice({ content: '!', tool_calls: many })).text).toBe('!');
    expect(accumulator.answer().text).toBe('I will not!');
  });

  it('keeps the last reason of its end, but for a filter’s', () => {
    expect(feed(choice({}, 'stop'), choice({}, 'tool_calls'), choice({}, null)).finish).toBe('tool_calls');
    expect(feed(choice({}, 'content_filter'), choice({}, 'stop')).finish).toBe('content_filter');
    expect(feed({ choices: [{ finish_reason: 5 }] }).finish).toBeNull();
  });

  it.each([
    [
      { prompt_tokens: 3, completion_tokens: 0 },
      { prompt: 3, completion: 0, total: 3 },
    ],
    [
      { prompt_tokens: 10_000_000, completion_tokens: 1 },
      { prompt: 10_000_000, completion: 1, total: 10_000_001 },
    ],
    [{ prompt_tokens: 10_000_001, completion_tokens: 1 }, null],
    [{ prompt_tokens: 1, completion_tokens: -1 }, null],
    [{ prompt_tokens: 1.5, completion_tokens: 1 }, null],
    [{ prompt_tokens: '3', completion_tokens: 1 }, null],
    [{ prompt_tokens: 3 }, null],
    [{ completion_tokens: 3 }, null],
    ['many', null],
    [null, null],
    [[3, 1], null],
  ])('counts %j as %j', (usage, counted) => {
    expect(feed({ choices: [], usage }).usage).toEqual(counted);
  });

  it('keeps the count it has where a later one is none', () => {
    const usage = { prompt_tokens: 3, completion_tokens: 1 };
    expect(feed({ choices: [], usage }, { choices: [], usage: null }).usage).toEqual({
      prompt: 3,
      completion: 1,
      total: 4,
    });
  });

  it('finds the call of a fragment by its id where there is no index', () => {
    const answer = feed(
      call({ id: 'a', function: { name: 'f', arguments: '1' } }),
      call({ id: 'b', function: { name: 'g', arguments: '2' } }),
      call({ id: 'a', function: { arguments: '3' } }),
      call({ function: { arguments: '4' } }),
    );
    expect(answer.calls).toEqual([
      { id: 'a', name: 'f', arguments: '13' },
      { id: 'b', name: 'g', arguments: '24' },
    ]);
  });

  it('takes a new id without a name for the call it has', () => {
    const answer = feed(
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '1' } }),
      call({ index: 0, id: 'b', function: { arguments: '2' } }),
      call({ index: 0, id: 'a', function: { name: 'f', arguments: '3' } }),
    );
    expect(answer.calls).toEqual([{ id: 'a', name: 'f', arguments: '123' }]);
  });

  it('takes fragments that are none for nothing, and cuts endless names', () => {
    expect(feed(choice({ tool_calls: 'x' }), choice({ tool_calls: [null, 'x', []] })).calls).toEqual([]);
    expect(feed(call({ index: 0, id: 5, function: 'f' })).calls).toEqual([{ id: '', name: '', arguments: '' }]);
    const long = 'x'.repeat(500);
    expect(feed(call({ index: 0, id: long, function: { name: long, arguments: 5 } })).calls).toEqual([
      { id: 'x'.repeat(200), name: 'x'.repeat(200), arguments: '' },
    ]);
  });
});
