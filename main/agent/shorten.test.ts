import { describe, expect, it } from 'vitest';
import { estimateTokens } from './estimate-tokens.ts';
import type { ModelMessage } from './model-types.ts';
import { messageTokens, shorten, tokensOf } from './shorten.ts';

const called = (id: string, args: object = {}): ModelMessage => ({
  role: 'assistant',
  content: null,
  tool_calls: [{ id, type: 'function', function: { name: 'list_orders', arguments: JSON.stringify(args) } }],
});
const result = (id: string, value: unknown): ModelMessage => {
  return { role: 'tool', tool_call_id: id, content: JSON.stringify(value) };
};
const words = (count: number): string => 'word '.repeat(count).trim();
const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

describe('the tokens of a message', () => {
  it('count its text, its calls and what the wire adds', () => {
    expect(messageTokens({ role: 'user', content: words(10) })).toBe(4 + estimateTokens(words(10)));
    expect(messageTokens(called('call_1', { a: 1 }))).toBe(4 + estimateTokens('call_1list_orders{"a":1}'));
    expect(messageTokens({ role: 'assistant', content: 'Hi there' })).toBe(4 + estimateTokens('Hi there'));
    expect(messageTokens(result('call_1', 'x'))).toBe(4 + estimateTokens('call_1') + estimateTokens('"x"'));
  });

  it('add up', () => {
    const messages = [called('call_1'), called('call_2')];
    expect(tokensOf(messages)).toBe(2 * messageTokens(called('call_1')));
    expect(tokensOf([])).toBe(0);
  });
});

describe('a turn that is too long', () => {
  const all = (messages: readonly ModelMessage[], most: number) => shorten(messages, most).messages;

  it('stays as it is where it fits', () => {
    const messages = [called('call_1'), result('call_1', numbers(50))];
    const tokens = tokensOf(messages);
    expect(shorten(messages, tokens)).toEqual({ messages, tokens });
    expect(all(messages, tokens)).toBe(messages);
  });

  it('keeps the first items of every list, and says how many are left out', () => {
    const value = {
      total: 9000,
      rows: numbers(9000),
      few: [1, 2, 3],
      none: null,
      deep: { names: ['a', 'b', 'c', 'd'] },
    };
    const messages = [called('call_1'), result('call_1', value), called('call_2'), result('call_2', 'ok')];
    const shorter = shorten(messages, 200);
    expect(JSON.parse(shorter.messages[1]?.content ?? '')).toEqual({
      total: 9000,
      rows: [0, 1, 2, '… 8997 more, left out'],
      few: [1, 2, 3],
      none: null,
      deep: { names: ['a', 'b', 'c', '… 1 more, left out'] },
    });
    expect(shorter.tokens).toBe(tokensOf(shorter.messages));
    expect(shorter.tokens).toBeLessThanOrEqual(200);
    expect(shorter.messages.toSpliced(1, 1)).toEqual(messages.toSpliced(1, 1));
  });

  it('keeps the first items of lists in lists', () => {
    const value = Array.from({ length: 100 }, () => numbers(300));
    const [, cut] = all([called('call_1'), result('call_1', value), called('call_2')], 100);
    const row = [0, 1, 2, '… 297 more, left out'];
    expect(JSON.parse(cut?.content ?? '')).toEqual([row, row, row, '… 97 more, left out']);
  });

  it('keeps the beginning of what is no list', () => {
    const text = { text: words(5000) };
    const [, cut] = all([called('call_1'), result('call_1', text), called('call_2')], 200);
    const whole = JSON.stringify(text);
    expect(JSON.parse(cut?.content ?? '')).toEqual({
      shortened: true,
      characters: whole.length,
      beginning: whole.slice(0, 500),
    });
  });

  it('cuts as little as it has to', () => {
    const cap = (most: number): number => {
      const [cut] = all([{ role: 'user', content: words(8000) }, called('call_1')], most);
      return cut?.content?.indexOf(' [shortened') ?? -1;
    };
    expect([5000, 2500, 1200, 700, 350, 200, 100].map(cap)).toEqual([16_000, 8_000, 4_000, 2_000, 1_000, 500, 200]);
    expect(cap(60)).toBe(100);
  });

  it('says how long a text was, and leaves one that fits alone', () => {
    const long = words(4000);
    const messages: ModelMessage[] = [
      { role: 'user', content: long },
      { role: 'assistant', content: long },
      { role: 'user', content: 'short' },
      called('call_1'),
    ];
    const note = ` [shortened, ${String(long.length)} characters in all]`;
    const cut = all(messages, 150);
    expect(cut[0]).toEqual({ role: 'user', content: `${long.slice(0, 200)}${note}` });
    expect(cut[1]).toEqual({ role: 'assistant', content: `${long.slice(0, 200)}${note}` });
    expect(cut.slice(2)).toEqual(messages.slice(2));
  });

  it('shortens what a call was made with, and what was said before it', () => {
    const made = called('call_1', { product_ids: numbers(3000) });
    const said: ModelMessage = { ...made, role: 'assistant', content: words(3000) };
    const [cut] = all([said, result('call_1', 1), called('call_2')], 150);
    if (cut?.role !== 'assistant') throw new Error('no assistant');
    expect(cut.content).toMatch(/^(word ){40}.* \[shortened, 14999 characters in all\]$/);
    expect(cut.tool_calls).toMatchObject([{ id: 'call_1', type: 'function', function: { name: 'list_orders' } }]);
    expect(JSON.parse(cut.tool_calls?.[0]?.function.arguments ?? '')).toEqual({
      product_ids: [0, 1, 2, '… 2997 more, left out'],
    });
    const [silent] = all([made, result('call_1', 1), called('call_2')], 60);
    expect(silent?.content).toBeNull();
  });

  it('cuts what the model asked for last only where nothing else helps', () => {
    const big = numbers(2000);
    const messages = [called('call_1'), result('call_1', big), called('call_2', { big }), result('call_2', 1)];
    const newest = tokensOf(messages.slice(2));
    const spared = all(messages, newest + 60);
    expect(spared.slice(2)).toEqual(messages.slice(2));
    expect(spared[1]).not.toEqual(messages[1]);
    const both = all(messages, 150);
    expect(JSON.stringify(both[2])).toContain('1997 more, left out');
    expect(both[1]?.content).toContain('1997 more, left out');
  });

  it('is told as it is where no cut is enough, every call still answered', () => {
    const messages = Array.from({ length: 50 }, (_, at) => [
      called(`c${String(at)}`),
      result(`c${String(at)}`, 1),
    ]).flat();
    const shorter = shorten(messages, 10);
    expect(shorter.messages).toEqual(messages);
    expect(shorter.tokens).toBe(tokensOf(messages));
  });

  it('shortens words where no call was made at all', () => {
    expect(shorten([{ role: 'user', content: words(3000) }], 100).tokens).toBeLessThanOrEqual(100);
  });

  it('leaves no half of a pair at a cut', () => {
    const [cut] = all([{ role: 'user', content: '😀'.repeat(5000) }, called('call_1')], 60);
    expect(cut?.content?.isWellFormed()).toBe(true);
    const odd = all([called('c'), result('c', `x${'😀'.repeat(5000)}`), called('d')], 100);
    expect(odd[1]?.content?.isWellFormed()).toBe(true);
    expect(JSON.parse(odd[1]?.content ?? '')).toMatchObject({ beginning: expect.stringMatching(/^"x😀/) as string });
  });
});
