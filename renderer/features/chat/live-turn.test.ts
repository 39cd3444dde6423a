import { describe, expect, it } from 'vitest';
import { approvalOf } from '../../../shared/contract/index.ts';
import { approval, message, toolCall, uuid } from '../../test-support/fixtures.ts';
import { attachTurn, segmentsOf, startTurn, stepTurn, type LiveTurn } from './live-turn.ts';

const session = uuid();
const question = message('user', 'Render all');

function begin(response_id = uuid()): LiveTurn {
  return startTurn({ type: 'turn.started', session_id: session, message: question, response_id });
}

function after(turn: LiveTurn, ...events: Parameters<typeof stepTurn>[1][]): LiveTurn {
  return events.reduce<LiveTurn>((before, event) => {
    const next = stepTurn(before, event);
    if (next === null) throw new Error('ended');
    return next;
  }, turn);
}

describe('a live turn', () => {
  it('keeps text and calls in the order they came', () => {
    const call = toolCall('search_products');
    const turn = after(
      begin(),
      { type: 'text.delta', text: 'I look ' },
      { type: 'text.delta', text: 'first.' },
      { type: 'tool.started', call },
      { type: 'tool.finished', call: { ...call, state: 'done', result: { count: 148 } } },
      { type: 'text.delta', text: 'Found.' },
    );
    expect(turn.segments.map((part) => (part.kind === 'text' ? part.text : part.call.state))).toEqual([
      'I look first.',
      'done',
      'Found.',
    ]);
  });

  it('holds an approval as the state of its call, and goes on with what it has after the decision', () => {
    const wanted = approval(session);
    const responseId = uuid();
    const outcome = {
      session_id: session,
      message: question,
      response: null,
      status: 'waiting' as const,
      pending_approvals: [wanted],
    };
    const waiting = after(begin(responseId), { type: 'text.delta', text: 'Shall I?' }, { type: 'turn.ended', outcome });
    expect(waiting.status).toBe('waiting');
    const call = waiting.segments.at(-1);
    expect(call?.kind === 'call' && approvalOf(call.call, session)).toEqual(wanted);

    const resumed = after(waiting, {
      type: 'turn.started',
      session_id: session,
      message: question,
      response_id: responseId,
    });
    expect(resumed.status).toBe('running');
    expect(resumed.segments).toHaveLength(2);
  });

  it('is over when its outcome says so, but not by the late outcome of the turn before', () => {
    const outcome = {
      session_id: session,
      message: question,
      response: message('assistant', 'Done'),
      status: 'done' as const,
      pending_approvals: [],
    };
    const turn = begin();
    expect(stepTurn(turn, { type: 'turn.ended', outcome })).toBeNull();
    expect(stepTurn(turn, { type: 'turn.ended', outcome: { ...outcome, message: message('user', 'Earlier') } })).toBe(
      turn,
    );
  });

  it('counts down while the model makes it wait, and no longer once it speaks', () => {
    const limited = after(begin(), { type: 'rate_limited', retry_at: '2026-11-23T10:00:09.000Z' });
    expect(limited.retryAt).toBe('2026-11-23T10:00:09.000Z');
    expect(after(limited, { type: 'text.delta', text: 'Hello' }).retryAt).toBeNull();
  });

  it('can be taken up from what is stored', () => {
    const stored = message('assistant', 'so far', {
      status: 'running',
      tool_calls: [toolCall('list_orders', { said: 'Let me see.', state: 'done' })],
    });
    const retry_at = '2026-11-23T10:00:09.000Z';
    expect(attachTurn(session, { ...stored, retry_at }).retryAt).toBe(retry_at);
    const turn = after(attachTurn(session, stored), { type: 'text.delta', text: ' and on' });
    expect(turn.responseId).toBe(stored.id);
    expect(turn.segments.map((part) => part.kind)).toEqual(['text', 'call', 'text']);
    expect(turn.segments.at(-1)).toEqual({ kind: 'text', text: 'so far and on' });
    expect(segmentsOf(stored)).toHaveLength(3);
  });
});
