import type { ChatToolCall, PendingApproval } from '../../shared/contract/index.ts';
import type { JournalEntry } from '../../shared/domain/index.ts';

/** A journal entry as a chat shows it. */
export function chatToolCall(entry: JournalEntry): ChatToolCall {
  const { id, tool, state, result, effect, said, expires_at } = entry;
  return { id, tool, arguments: entry.arguments, state, result, effect, said, expires_at };
}

/** A waiting call as something to decide on; undefined for any other. */
export function pendingApproval(entry: JournalEntry, sessionId: string): PendingApproval | undefined {
  const { id, tool, effect, expires_at } = entry;
  if (entry.state !== 'awaiting' || !effect || !expires_at) return undefined;
  return { id, session_id: sessionId, tool, arguments: entry.arguments, effect, expires_at };
}
