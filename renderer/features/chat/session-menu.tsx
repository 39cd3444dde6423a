import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Trash2 } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import type { ChatSession } from '../../../shared/domain/index.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatTime } from '../../components/format.ts';
import { EmptyState, ErrorState } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { useTimeZone } from '../../desk/queries.ts';
import { openSession } from './chat-store.ts';
import { useLiveTurns } from './live-store.ts';
import { useDeleteSession } from './mutations.ts';
import { sessionsQuery } from './queries.ts';

/** The open conversation's name; opens the history of all. */
export function SessionMenu({ sessionId }: { sessionId: string | null }) {
  const [open, setOpen] = useState(false);
  const sessions = useQuery(sessionsQuery).data;
  const current = sessions?.find((session) => session.session_id === sessionId);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="-ml-1 flex max-w-full items-center gap-1 rounded px-1 text-xs text-muted hover:bg-sunken hover:text-content">
        <span className="sr-only">Conversations:</span>
        <span className="truncate">{sessionId === null ? 'New conversation' : (current?.title ?? 'Conversation')}</span>
        <ChevronDown className="size-3.5 shrink-0" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Conversations"
          className="z-50 max-h-[60vh] w-80 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line bg-raised p-1 text-content shadow-panel"
        >
          <SessionList
            sessionId={sessionId}
            onOpen={(id) => {
              openSession(id);
              setOpen(false);
            }}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function SessionList({ sessionId, onOpen }: { sessionId: string | null; onOpen: (id: string) => void }) {
  const sessions = useQuery(sessionsQuery);
  if (sessions.isPending) return <SkeletonRows label="Loading conversations" rows={4} />;
  if (sessions.isError) return <ErrorState error={sessions.error} onRetry={() => void sessions.refetch()} />;
  if (sessions.data.length === 0) return <EmptyState title="No conversations yet" />;
  return (
    <ul>
      {sessions.data.map((session) => (
        <SessionRow
          key={session.session_id}
          session={session}
          current={session.session_id === sessionId}
          onOpen={() => onOpen(session.session_id)}
        />
      ))}
    </ul>
  );
}

interface SessionRowProps {
  session: ChatSession;
  current: boolean;
  onOpen: () => void;
}

function SessionRow({ session, current, onOpen }: SessionRowProps) {
  const timeZone = useTimeZone();
  const unread = useLiveTurns((state) => state.unread.has(session.session_id));
  const [asking, setAsking] = useState(false);
  const remove = useDeleteSession();
  if (asking) {
    return (
      <li className="flex flex-wrap items-center gap-2 rounded-md bg-bad-soft px-2 py-1.5">
        <span className="min-w-0 flex-1 text-bad">Delete this conversation?</span>
        <Button size="sm" onClick={() => setAsking(false)}>
          Keep
        </Button>
        <Button size="sm" variant="danger" busy={remove.isPending} onClick={() => remove.mutate(session.session_id)}>
          Delete
        </Button>
      </li>
    );
  }
  return (
    <li className={cx('flex items-center rounded-md hover:bg-sunken', current && 'bg-accent-soft')}>
      <button type="button" aria-current={current} onClick={onOpen} className="min-w-0 flex-1 px-2 py-1.5 text-left">
        <span className="flex items-center gap-1.5">
          {unread ? <span className="size-2 shrink-0 rounded-full bg-accent" aria-label="unread" role="img" /> : null}
          <span className="truncate font-medium">{session.title}</span>
        </span>
        <span className="block truncate text-xs text-muted">
          {formatTime(session.updated_at, timeZone)} · {session.last_message}
        </span>
      </button>
      <IconButton label={`Delete “${session.title}”`} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  );
}
