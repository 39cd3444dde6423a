import { useQuery } from '@tanstack/react-query';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { ChatMessage } from '../../../shared/contract/index.ts';
import { IconButton } from '../../components/button.tsx';
import { ErrorState } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { slotOf, useChat } from './chat-store.ts';
import { useLiveTurns } from './live-store.ts';
import { MessageView } from './message-view.tsx';
import { messagesQuery } from './queries.ts';
import { storedItems, threadItems, type ThreadItem } from './thread-items.ts';
import { useLastTurn } from './use-last-turn.ts';

/** So near to its end one counts as being there, pixels. */
const END_THRESHOLD = 48;
const NO_MESSAGES: ChatMessage[] = [];

/** The messages of the open conversation with what is on its way. */
export function useThread(sessionId: string | null) {
  const query = useQuery({ ...messagesQuery(sessionId ?? ''), enabled: sessionId !== null });
  const live = useLiveTurns((state) => (sessionId === null ? undefined : state.turns[sessionId]));
  const sending = useChat((state) => state.sending[slotOf(sessionId)]);
  const messages = query.data ?? NO_MESSAGES;
  const stored = useMemo(() => storedItems(messages), [messages]);
  const items = useMemo(() => threadItems(stored, live, sending), [stored, live, sending]);
  return { items, messages, live, query };
}

/** The conversation, only its messages in sight drawn, kept at its end while one is there. */
export function Thread({ sessionId }: { sessionId: string | null }) {
  const { items, messages, query } = useThread(sessionId);
  if (query.isError && items.length === 0) {
    return (
      <ErrorState
        title="This conversation could not be loaded"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    );
  }
  if (query.isFetching && items.length === 0) return <ThreadSkeleton />;
  return <MessageList key={slotOf(sessionId)} items={items} messages={messages} sessionId={sessionId} />;
}

function ThreadSkeleton() {
  return (
    <div role="status" aria-label="Loading the conversation" className="space-y-4 p-4">
      <Skeleton className="ml-auto h-10 w-2/3 rounded-2xl" />
      <Skeleton className="h-24 w-5/6 rounded-2xl" />
      <Skeleton className="ml-auto h-10 w-1/2 rounded-2xl" />
    </div>
  );
}

interface MessageListProps {
  items: ThreadItem[];
  messages: readonly ChatMessage[];
  sessionId: string | null;
}

export function MessageList({ items, messages, sessionId }: MessageListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const actions = useLastTurn(sessionId, messages);
  const lastQuestion = items.findLastIndex((item) => item.kind === 'user');
  const busy = items.at(-1)?.kind === 'user' || items.some((item) => item.kind === 'assistant' && item.streaming);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'user' ? 68 : 140),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 4,
    gap: 16,
    paddingStart: 16,
    paddingEnd: 16,
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END_THRESHOLD,
    // From the end on: the last messages are what one wants to see first.
    initialOffset: () => Number.MAX_SAFE_INTEGER,
  });
  const atEnd = useStickToEnd(scroller, virtual, items);
  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        tabIndex={0}
        role="log"
        aria-label="Conversation"
        aria-live="off"
        className="h-full overflow-y-auto px-3 [overflow-anchor:none]"
      >
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ key, index, start }) => {
            const item = items[index];
            if (item === undefined) return null;
            return (
              <div
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${start}px)` }}
              >
                <MessageView
                  item={item}
                  sessionId={slotOf(sessionId)}
                  onRetry={index === items.length - 1 ? actions.retry : null}
                  onEdit={index === lastQuestion && !busy ? actions.edit : null}
                  onAnew={index === items.length - 1 && !busy ? actions.anew : null}
                />
              </div>
            );
          })}
        </div>
      </div>
      {atEnd ? null : (
        <div className="absolute inset-x-0 bottom-2 flex justify-center">
          <IconButton
            label="To the newest message"
            className="border border-line bg-raised shadow-panel"
            onClick={() => virtual.scrollToEnd()}
          >
            <ArrowDown aria-hidden />
          </IconButton>
        </div>
      )}
    </div>
  );
}

/**
 * Keeps the end in sight: always after the person's own words, and while one is there also when the field below grows.
 * Says whether one is there. (Growing messages the virtualiser follows by itself.)
 */
function useStickToEnd(
  scroller: RefObject<HTMLElement | null>,
  virtual: Pick<Virtualizer<HTMLDivElement, Element>, 'scrollToEnd' | 'isAtEnd'>,
  items: readonly ThreadItem[],
): boolean {
  const [atEnd, setAtEnd] = useState(true);
  const last = items.at(-1);
  const own = last?.kind === 'user' ? last.key : null;
  useEffect(() => {
    if (own !== null) virtual.scrollToEnd();
  }, [own, virtual]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let stick = true;
    const onScroll = () => {
      stick = virtual.isAtEnd(END_THRESHOLD);
      setAtEnd(stick);
    };
    const observer = new ResizeObserver(() => {
      if (stick) virtual.scrollToEnd();
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller, virtual]);
  return atEnd;
}
