import { expect, it } from 'vitest';
import { sampleCall } from '../../tests/helpers/agent/index.ts';
import { shownOf } from '../approvals/index.ts';
import { chatToolCall, pendingApproval } from './chat-view.ts';

const effect = { summary: 'One order', counts: { orders: 1 }, sample: [] };
const waiting = sampleCall({
  tool: 'create_order',
  arguments: { selection_id: 'sel_1' },
  state: 'awaiting',
  effect,
  snapshot: 's1',
  idempotency_key: 'key',
  decided_by: 'moved',
  expires_at: '2026-11-24T00:00:00.000Z',
});

it('shows a call without what only the desk needs', () => {
  const call = sampleCall({ result: { total: 1 }, said: 'Looking.', decided_by: 'policy:auto', snapshot: 's1' });
  expect(chatToolCall(call)).toEqual({
    id: call.id,
    tool: 'list_orders',
    arguments: {},
    state: 'done',
    result: { total: 1 },
    effect: null,
    said: 'Looking.',
    expires_at: null,
    decided_by: 'policy:auto',
    asked: null,
    shown: null,
  });
});

it('shows of a waiting call why it is asked and what exactly is shown', () => {
  expect(chatToolCall(waiting)).toMatchObject({ state: 'awaiting', effect, asked: 'moved', shown: shownOf(waiting) });
});

it('is something to decide on only while it waits', () => {
  expect(pendingApproval(waiting, 'chat-1')).toMatchObject({ session_id: 'chat-1', effect });
  expect(pendingApproval({ ...waiting, state: 'approved' }, 'chat-1')).toBeUndefined();
});
