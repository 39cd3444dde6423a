import { describe, expect, it } from 'vitest';
import { brokenWireRule, sampleCall, sampleMessage, workday } from '../../tests/helpers/agent/index.ts';
import { historyMessages } from './history.ts';
import { LIMITS } from './limits.ts';
import type { ModelMessage } from './model-types.ts';
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
    expect(told[0]?.content).toContain('user: "All of them" | 492 more calls | list_orders done');
  });
});
