import type { QueryClient } from '@tanstack/react-query';
import type { ChatMessage, TurnOutcome } from '../../../shared/contract/index.ts';
import { settingsKeys } from '../settings/queries.ts';
import { closedMessage, type LiveTurn } from './live-turn.ts';
import { forgetWaitingTurn } from './live-store.ts';
import { chatKeys } from './queries.ts';

function upsert(messages: readonly ChatMessage[], message: ChatMessage): ChatMessage[] {
  const at = messages.findIndex((known) => known.id === message.id);
  return at < 0 ? [...messages, message] : messages.with(at, message);
}

/**
 * Writes how a turn stands into its conversation, and asks anew for what it changed elsewhere. A turn that failed before
 * its first word has no response: what was seen of it (`live`) stands for it until the stored message is read.
 */
export function storeOutcome(client: QueryClient, outcome: TurnOutcome, live: LiveTurn | undefined): void {
  const key = chatKeys.messages(outcome.session_id);
  const messages = client.getQueryData<ChatMessage[]>(key);
  // An answer still on its way would bring back the turn as it was.
  void client.cancelQueries({ queryKey: key });
  const answer = outcome.response ?? (live && outcome.status !== 'waiting' ? closedMessage(live, outcome) : null);
  if (messages !== undefined) {
    const withQuestion = upsert(messages, outcome.message);
    client.setQueryData<ChatMessage[]>(key, answer ? upsert(withQuestion, answer) : withQuestion);
  }
  if (messages === undefined || outcome.response === null) void client.invalidateQueries({ queryKey: key });
  void client.invalidateQueries({ queryKey: chatKeys.sessions });
  void client.invalidateQueries({ queryKey: chatKeys.approvals });
  void client.invalidateQueries({ queryKey: settingsKeys.usage });
}

/** Shows at once that a message and what followed it are being replaced. */
export function showReplaced(client: QueryClient, sessionId: string, from: string): void {
  client.setQueryData<ChatMessage[]>(chatKeys.messages(sessionId), (messages) => {
    const at = messages?.findIndex(({ id }) => id === from) ?? -1;
    return at < 0 ? messages : messages?.map((each, index) => (index < at ? each : { ...each, superseded: true }));
  });
  forgetWaitingTurn(sessionId);
}

/** The assistant's message of a session that is not finished, as far as it is stored. */
export function unfinishedMessage(client: QueryClient, sessionId: string): ChatMessage | undefined {
  const last = client.getQueryData<ChatMessage[]>(chatKeys.messages(sessionId))?.at(-1);
  return last?.role === 'assistant' && (last.status === 'running' || last.status === 'waiting') ? last : undefined;
}
