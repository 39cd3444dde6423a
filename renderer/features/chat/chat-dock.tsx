import { useQuery } from '@tanstack/react-query';
import { MessageSquare } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Route } from '../../app/router.ts';
import { useUi } from '../../app/ui-store.ts';
import { cx } from '../../components/cx.ts';
import { ChatPanel } from './chat-panel.tsx';
import { contextOf } from './context.ts';
import { useLiveTurns } from './live-store.ts';
import { sessionsQuery } from './queries.ts';
import { ResizeHandle } from './resize-handle.tsx';

/** The assistant at the right edge: beside the view where there is room, over it where there is not. */
export function ChatDock({ route }: { route: Route }) {
  const open = useUi((state) => state.chatOpen);
  const width = useUi((state) => state.chatWidth);
  const setOpen = useUi((state) => state.setChatOpen);
  const toggle = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(open);
  useEffect(() => {
    if (wasOpen.current && !open) toggle.current?.focus();
    wasOpen.current = open;
  }, [open]);
  return (
    <>
      <ChatToggle ref={toggle} open={open} width={width} onToggle={() => setOpen(!open)} />
      {open ? (
        <>
          <div aria-hidden className="fixed inset-0 z-30 bg-shade lg:hidden" onClick={() => setOpen(false)} />
          <aside
            aria-label="AI Assistant"
            className="relative z-40 flex h-full max-w-full shrink-0 animate-slide-in flex-col border-l border-line bg-raised max-lg:fixed max-lg:inset-y-0 max-lg:right-0 max-lg:shadow-panel"
            style={{ width }}
            onKeyDown={(event) => {
              // A menu or a dialog of the chat closes by itself.
              const isOurs = !event.defaultPrevented && (event.target as Element).closest('dialog') === null;
              if (event.key === 'Escape' && isOurs) setOpen(false);
            }}
          >
            <ResizeHandle />
            <ChatPanel context={contextOf(route)} onClose={() => setOpen(false)} />
          </aside>
        </>
      ) : null}
    </>
  );
}

interface ChatToggleProps {
  ref: React.Ref<HTMLButtonElement>;
  open: boolean;
  width: number;
  onToggle: () => void;
}

/** The round button at the bottom right; says how many conversations have something new. */
function ChatToggle({ ref, open, width, onToggle }: ChatToggleProps) {
  const unread = useUnread();
  return (
    <button
      ref={ref}
      type="button"
      onClick={onToggle}
      aria-expanded={open}
      aria-label={
        open ? 'Close the assistant' : unread > 0 ? `Open the assistant, ${unread} unread` : 'Open the assistant'
      }
      title="AI Assistant (Ctrl J)"
      style={open ? { right: width + 20 } : undefined}
      className={cx(
        'fixed right-5 bottom-5 z-20 grid size-12 place-items-center rounded-full bg-accent text-on-accent shadow-panel transition-colors hover:bg-accent-strong',
        open && 'max-lg:hidden',
      )}
    >
      <MessageSquare className="size-5" aria-hidden />
      {unread > 0 && !open ? (
        <span className="absolute -top-1 -right-1 grid h-5 min-w-5 place-items-center rounded-full bg-bad px-1 text-xs font-semibold text-surface">
          {unread}
        </span>
      ) : null}
    </button>
  );
}

/** How many conversations have something new, as this window saw and as it is kept. */
function useUnread(): number {
  const here = useLiveTurns((state) => state.unread);
  const listed = useQuery(sessionsQuery()).data ?? [];
  const kept = listed.filter(({ unread, session_id }) => unread && !here.has(session_id));
  return here.size + kept.length;
}
