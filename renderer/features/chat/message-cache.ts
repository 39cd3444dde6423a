import type { QueryClient } from '@tanstack/react-query';
import type { ChatMessage, TurnOutcome } from '../../../shared/contract/index.ts';
import { settingsKeys } from '../settings/queries.ts';
import { chatKeys } from './queries.ts';

function upsert(messages: readonly ChatMessage[], message: ChatMessage): ChatMessage[] {
  const at = messages.findIndex((known) => known.id === message.id);
  return at < 0 ? [...messages, message] : messages.with(at, message);
}

/** Writes how a turn stands into its conversation, and asks anew for what it changed elsewhere. */
export function storeOutcome(client: QueryClient, outcome: TurnOutcome): void {
  const key = chatKeys.messages(outcome.session_id);
  const messages = client.getQueryData<ChatMessage[]>(key);
  // An answer still on its way would bring back the turn as it was.
  void client.cancelQueries({ queryKey: key });
  if (messages === undefined) void client.invalidateQueries({ queryKey: key });
  else {
    const withQuestion = upsert(messages, outcome.message);
    client.setQueryData<ChatMessage[]>(key, outcome.response ? upsert(withQuestion, outcome.response) : withQuestion);
  }
  void client.invalidateQueries({ queryKey: chatKeys.sessions });
  void client.invalidateQueries({ queryKey: chatKeys.approvals });
  void client.invalidateQueries({ queryKey: settingsKeys.usage });
}

/** The assistant's message of a session that is not finished, as far as it is stored. */
export function unfinishedMessage(client: QueryClient, sessionId: string): ChatMessage | undefined {
  const last = client.getQueryData<ChatMessage[]>(chatKeys.messages(sessionId))?.at(-1);
  return last?.role === 'assistant' && (last.status === 'running' || last.status === 'waiting') ? last : undefined;
}
