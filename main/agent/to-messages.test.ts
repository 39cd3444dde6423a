import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  messageStatusSchema,
  TOOL_CALL_STATES,
  type JournalEntry,
  type StoredMessage,
} from '../../shared/domain/index.ts';

import { sampleMessage } from '../../tests/helpers/agent/index.ts';
import type { ModelMessage } from './model-types.ts';
import { assistantMessages, historyMessages } from './to-messages.ts';

const entry = fc.record({
  id: fc.uuid(),
  message_id: fc.uuid(),
  step: fc.integer({ min: 0, max: 3 }),
  position: fc.nat(),
  model_call_id: fc.constantFrom('', 'call_1', 'same'),
  said: fc.option(fc.string()),
  tool: fc.constantFrom('list_orders', 'unnamed', 'create_order'),
  arguments: fc.dictionary(fc.string(), fc.jsonValue()),
  state: fc.constantFrom(...TOOL_CALL_STATES),
  result: fc.option(fc.jsonValue()),
  effect: fc.constant(null),
  snapshot: fc.constant(null),
  idempotency_key: fc.constant(null),
  decided_by: fc.constant(null),
  decided_at: fc.constant(null),
  expires_at: fc.constant(null),
  created_at: fc.constant('2026-11-23T00:00:00.000Z'),
}) satisfies fc.Arbitrary<JournalEntry>;

const message = fc
  .record({
    role: fc.constantFrom('user', 'assistant', 'system' as const),
    content: fc.string(),
    status: fc.constantFrom(...messageStatusSchema.options),
    tool_calls: fc.array(entry, { maxLength: 6 }),
  })
  .map((fields): StoredMessage => sampleMessage(fields));

/** The order rules that the service enforces with a 400 (azure-and-electron facts, 1.4). */
function brokenRule(messages: readonly ModelMessage[]): string | undefined {
  const seen = new Set<string>();
  let open = new Set<string>();
  for (const each of messages) {
    if (each.role === 'tool') {
      if (!open.delete(each.tool_call_id)) return `orphan ${each.tool_call_id}`;
      continue;
    }
    if (open.size > 0) return 'unanswered calls';
    if (each.role !== 'assistant') continue;
    if (each.content === null && !each.tool_calls) return 'assistant without content';
    for (const { id, function: called } of each.tool_calls ?? []) {
      if (seen.has(id)) return 'id used twice';
      if (!/^[a-zA-Z0-9_-]{1,64}$/.test(called.name)) return 'bad name';
      seen.add(id);
    }
    open = new Set((each.tool_calls ?? []).map(({ id }) => id));
  }
  return open.size > 0 ? 'unanswered at the end' : undefined;
}

describe('the history', () => {
  it('is one the service takes, whatever became of the turns', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 8 }), (messages) => {
        expect(brokenRule(historyMessages(messages))).toBeUndefined();
      }),
    );
  });

  it('leaves out old turns whole where there is no room, never the newest', () => {
    const long = (name: string) => sampleMessage({ content: name + 'x'.repeat(150_000) });
    const answer = sampleMessage({ role: 'assistant', content: 'answer to old' });
    const kept = historyMessages([long('old'), answer, long('new')]);
    expect(kept.map(({ content }) => content?.slice(0, 3))).toEqual(['new']);
    expect(historyMessages([long('a'), sampleMessage({ content: 'x'.repeat(300_000) })]).length).toBe(1);
  });

  it('tells a broken-off turn and the selection of an earlier message', () => {
    const asked = sampleMessage({ content: 'Render these', selection_id: 'sel_1' });
    const broken = sampleMessage({ role: 'assistant', content: 'I wi', status: 'interrupted' });
    expect(historyMessages([asked, broken])).toEqual([
      { role: 'user', content: 'Render these\n[selection: sel_1]' },
      { role: 'assistant', content: 'I wi\n[This answer was broken off.]' },
    ]);
  });

  it('adds nothing after the calls of a turn that still runs', () => {
    expect(assistantMessages(sampleMessage({ role: 'assistant', status: 'running', content: 'half' }))).toEqual([]);
  });
});
