import fc from 'fast-check';
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';
import { describe, expect, it } from 'vitest';
import { anyMessage } from '../../tests/helpers/agent/any-messages.ts';
import { brokenWireRule, workday } from '../../tests/helpers/agent/index.ts';
import { historyMessages } from './history.ts';
import { LIMITS } from './limits.ts';
import type { ModelMessage } from './model-types.ts';
import { tokensOf } from './shorten.ts';

const wordsOf = (messages: readonly ModelMessage[]): string => JSON.stringify(messages);
const trueTokens = (messages: readonly ModelMessage[]): number => countTokens(JSON.stringify(messages));

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
});
