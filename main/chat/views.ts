import type { ChatMessage, PendingApproval, TurnOutcome } from '../../shared/contract/index.ts';
import type { StoredMessage } from '../../shared/domain/index.ts';
import { chatToolCall, pendingApproval, type Turn } from '../agent/index.ts';

/** A stored message as the chat contract gives it. */
export function chatMessage(stored: StoredMessage): ChatMessage {
  const { id, role, content, created_at, context_type, context_id, token_count, status, error, superseded } = stored;
  const tool_calls = stored.tool_calls.map(chatToolCall);
  return {
    id,
    role,
    content,
    created_at,
    context_type,
    context_id,
    token_count,
    status,
    error,
    superseded,
    tool_calls,
  };
}

/** How a turn stands now that it ended or waits. A turn without a word of answer has no response. */
export function outcomeOf({ user, assistant }: Turn): TurnOutcome {
  const { status } = assistant;
  if (status === 'running') throw new Error('A running turn has no outcome yet.');
  const hasAnswer = status === 'done' || (status !== 'waiting' && assistant.content !== '');
  return {
    session_id: assistant.session_id,
    message: chatMessage(user),
    response: hasAnswer ? chatMessage(assistant) : null,
    status,
    pending_approvals: pendingOf(assistant),
    ...(assistant.error ? { error: assistant.error } : {}),
  };
}

/** What of a turn waits for a person. */
export function pendingOf(assistant: StoredMessage): PendingApproval[] {
  return assistant.tool_calls
    .map((call) => pendingApproval(call, assistant.session_id))
    .filter((approval) => approval !== undefined);
}
