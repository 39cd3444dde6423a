import { isFinalToolCallState, type StoredMessage } from '../../shared/domain/index.ts';
import { ok, type Result } from '../../shared/errors/index.ts';
import type { ChatStore } from './store.ts';
import type { TurnStore } from '../agent/index.ts';

/**
 * The store as one running turn sees it. What nothing depends on is written behind: the turn's own record while the
 * model is asked already, and finished reads while it is asked again. Changes are never written behind, and the turn
 * does not end before everything is stored; the first write that failed is its failure.
 */
export function turnStore(store: ChatStore, record: Promise<Result<StoredMessage>>): TurnStore {
  const behind: Promise<Result<unknown>>[] = [record];

  const settled = async (): Promise<Result<unknown>> => {
    const written = await Promise.all(behind);
    return written.find((each) => !each.ok) ?? ok(undefined);
  };

  return {
    saveMessage: async (id, write) => {
      const before = await settled();
      return before.ok ? store.saveMessage(id, write) : before;
    },
    saveToolCall: async (id, write) => {
      const save = async () => {
        const recorded = await record;
        return recorded.ok ? store.saveToolCall(id, write) : recorded;
      };
      if (write.from !== null || !isFinalToolCallState(write.state)) return save();
      behind.push(save());
      const { from: _from, ...entry } = write;
      return ok({ ...entry, id, created_at: new Date().toISOString() });
    },
  };
}
