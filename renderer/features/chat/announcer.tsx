import type { ThreadItem } from './thread-items.ts';
import { toolName } from './tool-words.ts';
import { useThread } from './thread.tsx';

/** What a screen reader is told of a turn: where it begins, waits and ends, not each word of it. */
export function announcementOf(item: ThreadItem | undefined): string {
  if (item === undefined) return '';
  if (item.kind === 'user') return item.failure ? `Not sent: ${item.failure.message}` : 'Message sent';
  const last = item.segments.at(-1);
  const waiting = item.segments.flatMap((segment) =>
    segment.kind === 'call' && segment.call.state === 'awaiting' ? [segment.call] : [],
  )[0];
  if (waiting) return `Approval needed: ${waiting.effect?.summary ?? toolName(waiting.tool)}`;
  if (item.failure) return `The assistant stopped: ${item.failure.message}`;
  if (item.retryAt) return 'The model is busy; the assistant waits';
  if (!item.streaming) return 'The assistant has answered';
  return last?.kind === 'call' ? `The assistant works: ${toolName(last.call.tool)}` : 'The assistant is answering';
}

/** Says it, politely. */
export function Announcer({ sessionId }: { sessionId: string | null }) {
  const { items } = useThread(sessionId);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {announcementOf(items.at(-1))}
    </p>
  );
}
