import { describe, expect, it } from 'vitest';
import { sampleCall, sampleMessage, workday } from '../../tests/helpers/agent/index.ts';
import { historyMessages } from './history.ts';
import { LIMITS } from './limits.ts';
import { tokensOf } from './shorten.ts';

describe('the history', () => {
  it('keeps what was cut off as a record: words, outcomes and the ids that may be meant again', () => {
    const [digest] = historyMessages(workday(80));
    expect(digest?.role).toBe('system');
    expect(digest?.content).toMatch(
      /user: "Render all bearings of series \d+ as WebP at 1024x1024" \| search_products done sel_\d+ \(148 products\) \| create_order done SA-2026-000\d\d \| answer: "Done\."/,
    );
    const long = historyMessages(workday(500))[0]?.content ?? '';
    expect(long).toMatch(/\(\d+ earlier turns are left out\.\)/);
    expect(tokensOf([{ role: 'system', content: long }])).toBeLessThanOrEqual(LIMITS.digestTokens + 20);
  });

  it('shortens results of the past, and tells a turn with hundreds of calls in a line', () => {
    const rows = Array.from({ length: 2000 }, (_, row) => ({ row, name: `product ${String(row)}` }));
    const asked = sampleMessage({ content: 'All of them' });
    const large = sampleMessage({
      role: 'assistant',
      content: 'Many.',
      tool_calls: [sampleCall({ result: { rows, total: 2000 } })],
    });
    const [, , result] = historyMessages([asked, large]);
    expect(JSON.parse(result?.content ?? '')).toEqual({
      rows: [...rows.slice(0, 3), '… 1997 more, left out'],
      total: 2000,
    });

    const calls = Array.from({ length: 500 }, (_, at) => sampleCall({ step: at % 16, position: at, result: { at } }));
    const told = historyMessages([asked, sampleMessage({ role: 'assistant', content: 'Looked.', tool_calls: calls })]);
    expect(told).toHaveLength(1);
    expect(told[0]?.role).toBe('system');
    expect(told[0]?.content).toMatch(/^One turn of this conversation is too long to be repeated:\n- user/);
    expect(told[0]?.content).toContain('user: "All of them" | 492 more calls | list_orders done');
  });
});

/** A question of so many tokens, all told. */
const question = (tokens: number, word = 'a') =>
  sampleMessage({ content: Array.from({ length: tokens - 4 }, () => word).join(' ') });
const questions = (count: number) => Array.from({ length: count }, () => question(4000));

describe('a cut', () => {
  it('is made where the budget is used up, and not before', () => {
    expect(tokensOf(historyMessages(questions(8)))).toBe(LIMITS.historyTokens);
    expect(historyMessages(questions(8))).toHaveLength(8);
  });

  it.each([
    ['down to what is kept', [question(4001), ...questions(7)], 4],
    ['below it where a whole turn has to go for a token', [...questions(7), question(4001)], 3],
    ['once, until the budget is used up again', [question(4001), ...questions(11)], 8],
    ['and again', [question(4001), ...questions(11), question(4001)], 4 - 1],
  ])('is made %s', (_what, stored, kept) => {
    const [digest, ...rest] = historyMessages(stored);
    expect(digest?.role).toBe('system');
    expect(rest).toHaveLength(kept);
    expect(rest.at(-1)).toEqual({ role: 'user', content: stored.at(-1)?.content });
  });

  it('comes sooner for a model that takes less', () => {
    expect(
      historyMessages(
        Array.from({ length: 8 }, () => question(1000)),
        1 / 4,
      ),
    ).toHaveLength(8);
    expect(
      historyMessages(
        Array.from({ length: 9 }, () => question(1000)),
        1 / 4,
      ),
    ).toHaveLength(1 + 4);
  });

  it('leaves no word of the system in the record', () => {
    const system = sampleMessage({ role: 'system', content: 'A rule' });
    expect(historyMessages([system, question(4001), ...questions(7)])[0]?.content).not.toContain('A rule');
    expect(historyMessages([system, sampleMessage({ content: 'Hi' })])).toEqual([{ role: 'user', content: 'Hi' }]);
  });
});

describe('a turn', () => {
  it.each([
    [LIMITS.pastTurnTokens, 1, false],
    [LIMITS.pastTurnTokens + 1, 1, true],
    [LIMITS.pastTurnTokens / 4, 1 / 4, false],
    [LIMITS.pastTurnTokens / 4 + 1, 1 / 4, true],
  ])('of %i tokens in %d of the budget is shortened: %s', (tokens, part, isShortened) => {
    // Words long enough that characters are what is cut.
    const [told] = historyMessages([question(tokens, 'worded'.slice(0, 5))], part);
    expect(told?.role).toBe('user');
    expect(told?.content?.includes('[shortened, ')).toBe(isShortened);
  });

  it('that begins with an answer is told too', () => {
    expect(historyMessages([sampleMessage({ role: 'assistant', content: 'Hello.' })])).toEqual([
      { role: 'assistant', content: 'Hello.' },
    ]);
  });
});
