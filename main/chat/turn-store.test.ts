import { expect, it } from 'vitest';
import type { JournalWrite, StoredMessage, ToolCallState } from '../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { memoryStore, sampleCall, sampleMessage } from '../../tests/helpers/agent/index.ts';
import type { ChatStore } from './store.ts';
import { turnStore } from './turn-store.ts';

const record = sampleMessage({ role: 'assistant', status: 'running' });
const { id: messageId, created_at: _at, superseded: _superseded, tool_calls: _calls, ...message } = record;

function write(state: ToolCallState, from: ToolCallState | null = null): JournalWrite {
  const { id: _id, created_at: _createdAt, ...call } = sampleCall({ state });
  return { ...call, from };
}

/** A turn's store over one in memory, whose record is stored when the test says so. */
function setUp() {
  const memory = memoryStore();
  const stored = Promise.withResolvers<Result<StoredMessage>>();
  const store = turnStore({ ...memory, messages: () => Promise.resolve(ok([])) } satisfies ChatStore, stored.promise);
  return { memory, store, recorded: stored.resolve };
}

it('keeps nobody waiting for a read that is done, and stores it behind the turn’s record', async () => {
  const { memory, store, recorded } = setUp();
  expect(await store.saveToolCall('c1', write('done'))).toMatchObject({ ok: true, value: { id: 'c1', state: 'done' } });
  expect(memory.log).toEqual([]);
  recorded(ok(record));
  expect(await store.saveMessage(messageId, { ...message, status: 'done' })).toMatchObject({ ok: true });
  expect(memory.log).toEqual(['list_orders:done']);
});

it('stores a change before it is said to be stored, and not before the record', async () => {
  const { memory, store, recorded } = setUp();
  const saved = store.saveToolCall('c1', write('proposed'));
  expect(await Promise.race([saved, Promise.resolve('waits')])).toBe('waits');
  recorded(ok(record));
  expect(await saved).toMatchObject({ ok: true });
  expect(await store.saveToolCall('c1', write('running', 'proposed'))).toMatchObject({ ok: true });
  expect(memory.log).toEqual(['list_orders:proposed', 'list_orders:running']);
});

it('ends no turn of which something could not be stored', async () => {
  const { memory, store, recorded } = setUp();
  await store.saveToolCall('c1', write('done'));
  recorded(fail('unavailable'));
  expect(await store.saveToolCall('c2', write('proposed'))).toMatchObject({ failure: { code: 'unavailable' } });
  expect(await store.saveMessage(messageId, { ...message, status: 'done' })).toMatchObject({
    failure: { code: 'unavailable' },
  });
  expect(memory.calls.size).toBe(0);
});
