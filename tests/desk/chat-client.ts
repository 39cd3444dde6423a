import type { ChatMessage, PendingApproval, TurnOutcome } from '../../shared/contract/index.ts';
import type { ChatSession } from '../../shared/domain/index.ts';
import type { RunningDesk } from '../helpers/desk.ts';

/** The Chat API of a running desk, as a client would call it. */
export function chatClient(desk: RunningDesk) {
  const json = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await desk.request(path, init);
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} answered ${String(response.status)}: ${JSON.stringify(body)}`);
    return body as T;
  };
  const post = <T>(path: string, body: object) => json<T>(path, { method: 'POST', body: JSON.stringify(body) });
  return {
    send: (message: string, more: object = {}) => post<TurnOutcome>('/api/chat/messages', { message, ...more }),
    decide: (id: string, decision: object) => post<TurnOutcome>(`/api/chat/approvals/${id}`, decision),
    decideAll: (approvals: { id: string; shown: string }[], decision: 'approve' | 'reject') =>
      post<TurnOutcome>('/api/chat/approvals', { approvals, decision }),
    approvals: () => json<PendingApproval[]>('/api/chat/approvals'),
    sessions: () => json<ChatSession[]>('/api/chat/sessions'),
    messages: (session: string) => json<ChatMessage[]>(`/api/chat/sessions/${session}/messages`),
    stop: (session: string) => post<{ stopped: boolean }>(`/api/chat/sessions/${session}/stop`, {}),
    remove: (session: string) => json<{ deleted: boolean }>(`/api/chat/sessions/${session}`, { method: 'DELETE' }),
    /** One operation of the desk contract. */
    call: <T>(operation: string, body: object = {}) => post<T>(`/api/desk/${operation}`, body),
  };
}

export type ChatClient = ReturnType<typeof chatClient>;

/** The only thing that waits. */
export function pendingOf(outcome: TurnOutcome): PendingApproval {
  const [pending, ...others] = outcome.pending_approvals;
  if (!pending || others.length > 0) throw new Error(`expected one approval: ${JSON.stringify(outcome)}`);
  return pending;
}
