import type { ChatToolCall, PendingApproval } from './chat.ts';

/** The approval a tool call waits for, null where it waits for none. */
export function approvalOf(call: ChatToolCall, sessionId: string): PendingApproval | null {
  const { id, tool, effect, expires_at, asked, shown } = call;
  if (call.state !== 'awaiting' || !effect || !expires_at || !asked || shown === null) return null;
  return { id, session_id: sessionId, tool, arguments: call.arguments, effect, expires_at, asked, shown };
}
