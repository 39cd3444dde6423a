import { queryOptions } from '@tanstack/react-query';
import { call } from '../../desk/client.ts';

export const chatKeys = {
  all: ['chat'] as const,
  sessions: ['chat', 'sessions'] as const,
  messages: (sessionId: string) => ['chat', 'messages', sessionId] as const,
  approvals: ['chat', 'approvals'] as const,
};

/** The user's conversations. */
export const sessionsQuery = queryOptions({
  queryKey: chatKeys.sessions,
  queryFn: () => call('chat.sessions', {}),
});

/** A conversation, oldest message first. */
export function messagesQuery(sessionId: string) {
  return queryOptions({
    queryKey: chatKeys.messages(sessionId),
    queryFn: () => call('chat.messages', { session_id: sessionId }),
    staleTime: 5 * 60_000,
  });
}

/** Changes that wait for this person, in all conversations. */
export const approvalsQuery = queryOptions({
  queryKey: chatKeys.approvals,
  queryFn: () => call('chat.approvals', {}),
});
