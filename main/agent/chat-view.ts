import { approvalOf, type ChatToolCall, type PendingApproval } from '../../shared/contract/index.ts';
import type { JournalEntry } from '../../shared/domain/index.ts';
import { askedFor, shownOf } from '../approvals/index.ts';

/** A journal entry as a chat shows it. */
export function chatToolCall(entry: JournalEntry): ChatToolCall {
  const { id, tool, state, result, effect, said, expires_at, decided_by } = entry;
  const waits = state === 'awaiting' ? { asked: askedFor(entry.decided_by), shown: shownOf(entry) } : NOTHING;
  return { id, tool, arguments: entry.arguments, state, result, effect, said, expires_at, decided_by, ...waits };
}

const NOTHING = { asked: null, shown: null } as const;

/** A waiting call as something to decide on; undefined for any other. */
export function pendingApproval(entry: JournalEntry, sessionId: string): PendingApproval | undefined {
  return approvalOf(chatToolCall(entry), sessionId) ?? undefined;
}
