import { useQuery } from '@tanstack/react-query';
import { ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { openSession } from './chat-store.ts';
import { sessionsQuery } from './queries.ts';
import { SessionList } from './session-list.tsx';

/** The open conversation's name; opens the history of all. */
export function SessionMenu({ sessionId }: { sessionId: string | null }) {
  const [open, setOpen] = useState(false);
  const sessions = useQuery(sessionsQuery()).data;
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
          className="z-50 w-96 max-w-[calc(100vw-1rem)] rounded-lg border border-line bg-raised p-1 text-content shadow-panel"
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
