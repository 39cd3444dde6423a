import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import type { StoredMessage } from '../../shared/domain/index.ts';
import { anyMessage, brokenWireRule, sampleCall, sampleMessage } from '../../tests/helpers/agent/index.ts';
import { historyMessages } from './history.ts';
import { LIMITS } from './limits.ts';
import type { ModelMessage } from './model-types.ts';
import { tokensOf } from './shorten.ts';

/** Turns as an operator's day has them: a search, an order of what was found, an answer. */
function workday(turns: number): StoredMessage[] {
  return Array.from({ length: turns }, (_, at) => {
    const question = sampleMessage({ content: `Render all bearings of series ${String(at)} as WebP at 1024x1024` });
    const search = sampleCall({
      tool: 'search_products',
      arguments: { category: 'Kugellager', query: String(at) },
      result: {
        count: 148,
        selection_id: `sel_${String(at)}`,
        label: `Kugellager: ${String(at)}`,
        products: Array.from({ length: 10 }, () => ({
          id: crypto.randomUUID(),
          pim_id: 'KL-6205-2RSR',
          name: 'Lager',
        })),
      },
    });
    const order = sampleCall({
      tool: 'create_order',
      step: 1,
      position: 1,
      arguments: { selection_id: `sel_${String(at)}`, output_type_name: 'Web' },
      result: {
        order: { id: crypto.randomUUID(), number: `SA-2026-${String(at).padStart(5, '0')}`, status: 'queued' },
      },
    });
    const answer = sampleMessage({ role: 'assistant', content: 'Done.', tool_calls: [search, order] });
    return [question, answer];
  }).flat();
}

const trueTokens = (messages: readonly ModelMessage[]): number => countTokens(JSON.stringify(messages));
const wordsOf = (messages: readonly ModelMessage[]): string => JSON.stringify(messages);

describe('the history', () => {
  it('is one the service takes and within its budget, whatever became of the turns', () => {
    const property = fc.property(
      fc.array(anyMessage, { maxLength: 40 }),
      fc.constantFrom(1, 1 / 4, 1 / 16),
      (all, part) => {
        const messages = historyMessages(all, part);
        expect(brokenWireRule(messages)).toBeUndefined();
        expect(tokensOf(messages)).toBeLessThanOrEqual(LIMITS.historyTokens * part + LIMITS.digestTokens + 20);
      },
    );
    fc.assert(property, { numRuns: 150 });
  });

  it('keeps a session of 500 turns within the budget, counted by the tokenizer', () => {
    const messages = historyMessages(workday(500));
    expect(trueTokens(messages)).toBeLessThanOrEqual(LIMITS.historyTokens + LIMITS.digestTokens);
    expect(trueTokens(messages)).toBeGreaterThan(LIMITS.historyKeptTokens / 2);
    expect(brokenWireRule(messages)).toBeUndefined();
    expect(messages.at(-1)).toEqual({ role: 'assistant', content: 'Done.' });
  });

  it('begins with the same bytes from turn to turn, but for a cut now and then', () => {
    const day = workday(160);
    let cuts = 0;
    for (let turns = 1; turns < 160; turns++) {
      const before = historyMessages(day.slice(0, 2 * turns));
      const after = historyMessages(day.slice(0, 2 * turns + 2));
      if (!wordsOf(after).startsWith(wordsOf(before).slice(0, -1))) cuts++;
    }
    expect(cuts).toBeGreaterThan(1);
    expect(cuts).toBeLessThan(10);
  });

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
    expect(told[0]?.content).toContain('user: "All of them" | 492 more calls | list_orders done');
  });
});
