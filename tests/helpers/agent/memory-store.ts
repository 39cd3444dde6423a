import { isDeepStrictEqual } from 'node:util';
import type { JournalEntry, StoredMessage } from '../../../shared/domain/index.ts';
import { fail, ok } from '../../../shared/errors/index.ts';
import type { TokenMeter, TurnStore } from '../../../main/agent/index.ts';

export interface MemoryStore extends TurnStore {
  readonly calls: Map<string, JournalEntry>;
  /** Every state a call was in, in order, as `tool:state`. */
  readonly log: string[];
}

/** Messages and journal in memory, with the compare-and-set of the real store. */
export function memoryStore(): MemoryStore {
  const calls = new Map<string, JournalEntry>();
  const messages = new Map<string, StoredMessage>();
  const log: string[] = [];
  return {
    calls,
    log,
    saveMessage: (id, write) => {
      const created_at = messages.get(id)?.created_at ?? new Date().toISOString();
      const message = { ...structuredClone(write), id, created_at, superseded: false, tool_calls: [] };
      messages.set(id, message);
      return Promise.resolve(ok(message));
    },
    saveToolCall: (id, { from, ...write }) => {
      const now = calls.get(id)?.state ?? null;
      if (!isDeepStrictEqual(now, from)) return Promise.resolve(fail('state_conflict'));
      const created_at = calls.get(id)?.created_at ?? new Date().toISOString();
      const entry = { ...structuredClone(write), id, created_at };
      calls.set(id, entry);
      log.push(`${entry.tool}:${entry.state}`);
      return Promise.resolve(ok(entry));
    },
  };
}

/** A month without a limit. */
export const freeMeter: TokenMeter = {
  reserve: () => Promise.resolve(ok({ settle: (told) => told?.total ?? 0 })),
};
