import { expect, it } from 'vitest';
import type { JournalEntry } from '../../shared/domain/index.ts';
import { sampleMessage } from '../../tests/helpers/agent/index.ts';
import { standing } from './standing.ts';

const change = { idempotency_key: 'key', state: 'done' } as JournalEntry;
const refused = { idempotency_key: 'key', state: 'rejected' } as JournalEntry;
const read = { idempotency_key: null, state: 'done' } as JournalEntry;
const user = (content: string, superseded = false) => sampleMessage({ content, superseded });
const answer = (content: string, tool_calls: JournalEntry[], superseded = false) =>
  sampleMessage({ role: 'assistant', content, tool_calls, superseded });

it('leaves out what was replaced and changed nothing', () => {
  const kept = standing([
    user('first'),
    answer('ok', [read]),
    user('second', true),
    answer('no', [read, refused], true),
    user('better'),
    answer('poor', [], true),
    answer('good', []),
  ]);
  expect(kept.map(({ content }) => content)).toEqual(['first', 'ok', 'better', 'good']);
});

it('goes on telling of a replaced turn that changed something, and that it was replaced', () => {
  const kept = standing([
    user('order them', true),
    answer('poor', [], true),
    answer('ordered', [change], true),
    user('new'),
  ]);
  expect(kept.map(({ content }) => content)).toEqual([
    'order them\n[The user has replaced this message since. What was changed by it stays changed.]',
    'ordered',
    'new',
  ]);
});
