import { describe, expect, it } from 'vitest';
import { message, uuid } from '../../test-support/fixtures.ts';
import { startTurn } from './live-turn.ts';
import { storedItems, threadItems } from './thread-items.ts';

const session = uuid();

describe('the items of a conversation', () => {
  it('draw a turn once, though it is stored and live, and its question too', () => {
    const question = message('user', 'Render all');
    const answer = message('assistant', '', { status: 'running' });
    const live = startTurn({ type: 'turn.started', session_id: session, message: question, response_id: answer.id });
    expect(threadItems(storedItems([question, answer]), live, undefined).map(({ key }) => key)).toEqual([
      question.id,
      answer.id,
    ]);
    expect(threadItems([], live, undefined).map(({ key }) => key)).toEqual([question.id, answer.id]);
  });

  it('keep a message that could not be sent, with its reason', () => {
    const failure = { code: 'ai_not_configured', message: 'AI not configured' } as const;
    const items = threadItems([], undefined, { text: 'Hello', sentAt: '2026-11-23T10:00:00.000Z', failure });
    expect(items).toMatchObject([{ kind: 'user', text: 'Hello', pending: false, failure }]);
  });

  it('leave out the desk’s own words, and are the same objects for the same messages', () => {
    const messages = [message('user', 'Hello'), { ...message('user', 'secret'), role: 'system' as const }];
    const items = storedItems(messages);
    expect(items).toHaveLength(1);
    expect(storedItems(messages)[0]).toBe(items[0]);
  });
});
