import { useQuery } from '@tanstack/react-query';
import { ShieldQuestion } from 'lucide-react';
import { formatCount } from '../../components/format.ts';
import { openSession } from './chat-store.ts';
import { approvalsQuery } from './queries.ts';

/** Changes that wait in conversations that are not open. */
export function OtherApprovals({ sessionId }: { sessionId: string | null }) {
  const waiting = (useQuery(approvalsQuery).data ?? []).filter((approval) => approval.session_id !== sessionId);
  const first = waiting[0];
  if (first === undefined) return null;
  return (
    <button
      type="button"
      onClick={() => openSession(first.session_id)}
      className="flex shrink-0 items-center gap-2 border-b border-line bg-warn-soft px-4 py-2 text-left text-[0.8125rem] text-warn hover:underline"
    >
      <ShieldQuestion className="size-4 shrink-0" aria-hidden />
      {formatCount(waiting.length, 'change waits', 'changes wait')} for you in another conversation
    </button>
  );
}
