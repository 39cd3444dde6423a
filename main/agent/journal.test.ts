import { expect, it } from 'vitest';
import { fail } from '../../shared/errors/index.ts';
import { memoryStore, sampleCall, sampleMessage, sampleTurn } from '../../tests/helpers/agent/index.ts';
import { createEntry, moveEntry, newEntry, pastCalls } from './journal.ts';

const place = (position: number) => {
  return { step: 0, position, model_call_id: 'call_1', said: null, tool: 'list_orders', arguments: { limit: 1 } };
};

it('begins an entry as proposed, with nothing decided', () => {
  const turn = sampleTurn();
  const { id, created_at, ...entry } = newEntry(turn, place(3));
  expect(entry).toEqual({
    ...place(3),
    message_id: turn.assistant.id,
    state: 'proposed',
    result: null,
    effect: null,
    snapshot: null,
    idempotency_key: null,
    decided_by: null,
    decided_at: null,
    expires_at: null,
  });
  expect(id).not.toBe(newEntry(turn, place(3)).id);
  expect(Date.parse(created_at)).not.toBeNaN();
});

it('keeps the calls of the turn in their order, however they are stored and moved', async () => {
  const turn = sampleTurn();
  const store = memoryStore();
  const [first, second, third] = [newEntry(turn, place(0)), newEntry(turn, place(1)), newEntry(turn, place(2))];
  for (const entry of [third, first, second]) await createEntry(store, turn, entry);
  const ids = () => turn.assistant.tool_calls.map(({ id }) => id);
  expect(ids()).toEqual([first.id, second.id, third.id]);

  const moved = await moveEntry(store, turn, first, { state: 'running' });
  expect(moved).toMatchObject({
    ok: true,
    value: { id: first.id, state: 'running', created_at: expect.anything() as string },
  });
  expect(ids()).toEqual([first.id, second.id, third.id]);
  expect(turn.assistant.tool_calls[0]?.state).toBe('running');
  expect(store.calls.get(first.id)).toEqual(turn.assistant.tool_calls[0]);
});

it('leaves the turn as it was where somebody was faster', async () => {
  const turn = sampleTurn();
  const store = memoryStore();
  const entry = newEntry(turn, place(0));
  await createEntry(store, turn, entry);
  expect(await createEntry(store, turn, entry)).toEqual(fail('state_conflict'));
  expect(await moveEntry(store, turn, { ...entry, state: 'awaiting' }, { state: 'approved' })).toEqual(
    fail('state_conflict'),
  );
  expect(turn.assistant.tool_calls).toMatchObject([{ id: entry.id, state: 'proposed' }]);
});

it('knows every call of the conversation, oldest first', () => {
  const [a, b, c] = [sampleCall(), sampleCall(), sampleCall()];
  const turn = sampleTurn();
  turn.assistant.tool_calls = [c];
  const before = [sampleMessage({ role: 'assistant', tool_calls: [a, b] }), sampleMessage()];
  expect(pastCalls({ ...turn, before })).toEqual([a, b, c]);
});
