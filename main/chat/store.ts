import { randomUUID } from 'node:crypto';
import type { StoredMessage } from '../../shared/domain/index.ts';
import { ok, type Result } from '../../shared/errors/index.ts';
import type { TurnStore } from '../agent/index.ts';
import type { ChatRoutes } from '../pipeline/index.ts';

export interface ChatStore extends TurnStore {
  /** All messages of a session, oldest first. */
  messages(sessionId: string): Promise<Result<StoredMessage[]>>;
}

/** Messages and journal on the pipeline, under the signed-in user. */
export function pipelineStore(routes: ChatRoutes): ChatStore {
  return {
    saveMessage: (id, write) => routes.putMessage(id, write, randomUUID()),
    saveToolCall: (id, write) => routes.putToolCall(id, write, randomUUID()),
    messages: (sessionId) => allMessages(routes, sessionId),
  };
}

async function allMessages(routes: ChatRoutes, sessionId: string): Promise<Result<StoredMessage[]>> {
  const all: StoredMessage[] = [];
  let cursor: string | undefined;
  do {
    const page = await routes.messages(sessionId, cursor);
    if (!page.ok) return page;
    // The newest page comes first, its oldest message on top.
    all.unshift(...page.value.items);
    cursor = page.value.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return ok(all);
}
