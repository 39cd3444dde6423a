import { randomUUID } from 'node:crypto';
import type { JournalEntry } from '../../shared/domain/index.ts';
import type { Result } from '../../shared/errors/index.ts';
import type { Turn, TurnStore } from './turn-types.ts';

type Change = Partial<Omit<JournalEntry, 'id' | 'message_id' | 'step' | 'position' | 'created_at'>>;

/** A new entry of the turn's journal, not stored yet. */
export function newEntry(
  turn: Turn,
  place: Pick<JournalEntry, 'step' | 'position' | 'model_call_id' | 'said' | 'tool' | 'arguments'>,
): JournalEntry {
  return {
    ...place,
    id: randomUUID(),
    message_id: turn.assistant.id,
    state: 'proposed',
    result: null,
    effect: null,
    snapshot: null,
    idempotency_key: null,
    decided_by: null,
    decided_at: null,
    expires_at: null,
    created_at: new Date().toISOString(),
  };
}

/** Every call of the conversation so far, oldest first. */
export function pastCalls(turn: Turn): JournalEntry[] {
  return [...turn.before, turn.assistant].flatMap((message) => message.tool_calls);
}

/** Stores a new entry with its turn. */
export async function createEntry(store: TurnStore, turn: Turn, entry: JournalEntry): Promise<Result<JournalEntry>> {
  const { id, created_at: _createdAt, ...write } = entry;
  return keep(turn, await store.saveToolCall(id, { ...write, from: null }));
}

/** Moves an entry on, provided nobody else did since it was read. */
export async function moveEntry(
  store: TurnStore,
  turn: Turn,
  entry: JournalEntry,
  change: Change,
): Promise<Result<JournalEntry>> {
  const { id, created_at: _createdAt, ...write } = { ...entry, ...change };
  return keep(turn, await store.saveToolCall(id, { ...write, from: entry.state }));
}

/** The turn's own copy follows what was stored, in the order of the calls. */
function keep(turn: Turn, saved: Result<JournalEntry>): Result<JournalEntry> {
  if (!saved.ok) return saved;
  const others = turn.assistant.tool_calls.filter((call) => call.id !== saved.value.id);
  turn.assistant.tool_calls = [...others, saved.value].sort((a, b) => a.position - b.position);
  return saved;
}
