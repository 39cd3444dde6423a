import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { ApprovalRowsRequest, PendingApproval } from '../../../shared/contract/index.ts';
import { call } from '../../desk/client.ts';

export const chatKeys = {
  all: ['chat'] as const,
  sessions: ['chat', 'sessions'] as const,
  messages: (sessionId: string) => ['chat', 'messages', sessionId] as const,
  approvals: ['chat', 'approvals'] as const,
  queue: (sessionId: string) => ['chat', 'queue', sessionId] as const,
  grants: (sessionId: string) => ['chat', 'grants', sessionId] as const,
  rows: (shown: string, only: ApprovalRowsRequest['only']) => ['approval rows', shown, only] as const,
};

/** The user's conversations, or those with the text in their title or a message. */
export function sessionsQuery(text = '') {
  return queryOptions({
    queryKey: [...chatKeys.sessions, text],
    queryFn: () => call('chat.sessions', text === '' ? {} : { text }),
  });
}

/** What waits to be sent in a conversation. The desk tells every change of it. */
export function queueQuery(sessionId: string) {
  return queryOptions({
    queryKey: chatKeys.queue(sessionId),
    queryFn: () => call('chat.queue', { session_id: sessionId }),
    staleTime: 5 * 60_000,
  });
}

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

/** The things behind the numbers of a waiting change, a page at a time. */
export function approvalRowsQuery({ id, shown }: PendingApproval, only: ApprovalRowsRequest['only']) {
  return infiniteQueryOptions({
    queryKey: chatKeys.rows(shown, only),
    queryFn: ({ pageParam }) => call('chat.approval_rows', { id, shown, only, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    retry: false,
  });
}

/** What of a conversation is approved in advance. */
export function grantsQuery(sessionId: string) {
  return queryOptions({
    queryKey: chatKeys.grants(sessionId),
    queryFn: () => call('chat.grants', { session_id: sessionId }),
  });
}
