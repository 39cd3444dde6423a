import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import type { ChatSession } from '../../../shared/domain/index.ts';
import { EmptyState, ErrorState } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { sessionsQuery } from './queries.ts';
import { SessionRow } from './session-row.tsx';

/** So many the desk lists; more are found by searching. */
const MOST_LISTED = 200;

interface SessionListProps {
  sessionId: string | null;
  onOpen: (id: string) => void;
}

/** All conversations, pinned ones first; the search looks into titles and messages. Arrow keys go through it. */
export function SessionList({ sessionId, onOpen }: SessionListProps) {
  const [text, setText] = useState('');
  const wanted = useSettled(text.trim());
  const sessions = useQuery({ ...sessionsQuery(wanted), placeholderData: keepPreviousData });
  return (
    <div className="flex max-h-[60vh] flex-col" onKeyDown={moveFocus}>
      <label className="flex shrink-0 items-center gap-2 border-b border-line px-2 pb-1">
        <Search className="size-4 shrink-0 text-muted" aria-hidden />
        <input
          type="search"
          autoFocus
          data-session-search
          aria-label="Search conversations"
          placeholder="Search titles and messages"
          maxLength={200}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="h-8 min-w-0 flex-1 bg-transparent outline-none placeholder:text-muted"
        />
      </label>
      <div className="min-h-0 flex-1 overflow-y-auto pt-1">
        {sessions.isPending ? (
          <SkeletonRows label="Loading conversations" rows={4} />
        ) : sessions.isError ? (
          <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />
        ) : (
          <Sessions sessions={sessions.data} searched={wanted} sessionId={sessionId} onOpen={onOpen} />
        )}
      </div>
    </div>
  );
}

function Sessions({
  sessions,
  searched,
  sessionId,
  onOpen,
}: SessionListProps & { sessions: readonly ChatSession[]; searched: string }) {
  if (sessions.length === 0) {
    return searched === '' ? (
      <EmptyState title="No conversations yet">What you ask the assistant is kept here.</EmptyState>
    ) : (
      <EmptyState title={`Nothing found for “${searched}”`} />
    );
  }
  return (
    <>
      <ul>
        {sessions.map((session) => (
          <SessionRow
            key={session.session_id}
            session={session}
            current={session.session_id === sessionId}
            onOpen={() => onOpen(session.session_id)}
          />
        ))}
      </ul>
      {sessions.length >= MOST_LISTED ? (
        <p className="px-2 py-1 text-xs text-muted">Only the latest {MOST_LISTED}. Search for older ones.</p>
      ) : null}
    </>
  );
}

/** Up and down go from the search through the rows and back. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-session-search], [data-session]')];
  const at = stops.indexOf(document.activeElement as HTMLElement);
  const next = stops[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || next === undefined) return;
  event.preventDefault();
  next.focus();
}
