import { Pencil, RotateCcw } from 'lucide-react';
import { memo } from 'react';
import { approvalOf } from '../../../shared/contract/index.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatTime } from '../../components/format.ts';
import { SafeMarkdown } from '../../components/markdown.tsx';
import { Notice } from '../../components/notice.tsx';
import { useTimeZone } from '../../desk/queries.ts';
import { AnswerAnew } from './answer-actions.tsx';
import { ApprovalCard } from './approval-card.tsx';
import { ApprovalsBar } from './approvals-bar.tsx';
import type { Segment } from './live-turn.ts';
import { RateLimited } from './rate-limited.tsx';
import { splitBlocks } from './split-blocks.ts';
import type { ThreadItem } from './thread-items.ts';
import { ToolCard } from './tool-card.tsx';
import { TypingIndicator } from './typing-indicator.tsx';

interface MessageViewProps {
  item: ThreadItem;
  sessionId: string;
  /** Sends again what this answers; only on the last message. */
  onRetry: (() => void) | null;
  /** Takes the message up again; only on the last one of the user. */
  onEdit: (() => void) | null;
  /** Makes the answer anew; only on the last one. */
  onAnew: (() => void) | null;
}

/** One message of the conversation. */
export const MessageView = memo(function MessageView({ item, ...rest }: MessageViewProps) {
  return item.kind === 'user' ? <UserMessage item={item} {...rest} /> : <AssistantMessage item={item} {...rest} />;
});

type UserItem = Extract<ThreadItem, { kind: 'user' }>;
type AssistantItem = Extract<ThreadItem, { kind: 'assistant' }>;

function UserMessage({ item, onRetry, onEdit }: Pick<MessageViewProps, 'onRetry' | 'onEdit'> & { item: UserItem }) {
  return (
    <article aria-label="You" className={cx('flex flex-col items-end gap-1 pl-8', item.replaced && 'opacity-60')}>
      <div
        className={cx(
          'max-w-full rounded-2xl rounded-br-sm bg-accent px-3 py-2 [overflow-wrap:anywhere] whitespace-pre-wrap text-on-accent',
          item.pending && 'opacity-75',
        )}
      >
        {item.text}
      </div>
      {item.failure ? (
        <Notice tone="bad" action={onRetry ? <RetryButton onRetry={onRetry} /> : null}>
          {item.failure.message}
          <p className="text-xs">It was not sent. Your words are back in the field below.</p>
        </Notice>
      ) : (
        <div className="flex items-center">
          <MessageTime at={item.at} words={item.pending ? 'Sending…' : undefined} replaced={item.replaced} />
          {onEdit ? (
            <IconButton label="Edit and send again" className="size-6" onClick={onEdit}>
              <Pencil aria-hidden />
            </IconButton>
          ) : null}
        </div>
      )}
    </article>
  );
}

function AssistantMessage({
  item,
  sessionId,
  onRetry,
  onAnew,
}: Omit<MessageViewProps, 'onEdit'> & { item: AssistantItem }) {
  const last = item.segments.at(-1);
  const thinking = item.streaming && item.retryAt === null && last?.kind !== 'text';
  const waiting = item.segments.flatMap((segment) =>
    segment.kind === 'call' ? (approvalOf(segment.call, sessionId) ?? []) : [],
  );
  const ended = !item.streaming && item.status !== 'waiting';
  return (
    <article aria-label="Assistant" className={cx('space-y-2 pr-4', item.replaced && 'opacity-60')}>
      {item.segments.map((segment, index) => (
        <SegmentView
          key={segment.kind === 'call' ? segment.call.id : index}
          segment={segment}
          sessionId={sessionId}
          streaming={item.streaming && segment === last}
        />
      ))}
      {waiting.length > 1 ? <ApprovalsBar key={waiting.map(({ shown }) => shown).join()} approvals={waiting} /> : null}
      {thinking ? <TypingIndicator /> : null}
      {item.retryAt ? <RateLimited until={item.retryAt} sessionId={sessionId} /> : null}
      {item.failure ? (
        <Notice
          tone={item.failure.code === 'stopped' ? 'info' : 'bad'}
          action={onRetry ? <RetryButton onRetry={onRetry} /> : null}
        >
          {item.failure.message}
        </Notice>
      ) : null}
      {ended ? (
        <div className="flex items-center">
          <MessageTime at={item.at} replaced={item.replaced} />
          {onAnew ? <AnswerAnew segments={item.segments} onAnew={onAnew} /> : null}
        </div>
      ) : null}
    </article>
  );
}

interface SegmentViewProps {
  segment: Segment;
  sessionId: string;
  streaming: boolean;
}

const SegmentView = memo(function SegmentView({ segment, sessionId, streaming }: SegmentViewProps) {
  if (segment.kind === 'text') {
    const blocks = streaming ? splitBlocks(segment.text) : [segment.text];
    return (
      <div className="max-w-full space-y-2 rounded-2xl rounded-bl-sm border border-line bg-surface px-3 py-2">
        {blocks.map((block, index) => (
          <SafeMarkdown key={index} text={block} />
        ))}
      </div>
    );
  }
  const approval = approvalOf(segment.call, sessionId);
  // A new effect is a new card: it must be looked at anew.
  return approval ? (
    <ApprovalCard key={JSON.stringify(approval)} approval={approval} />
  ) : (
    <ToolCard call={segment.call} sessionId={sessionId} />
  );
});

interface MessageTimeProps {
  at: string;
  words?: string | undefined;
  replaced: boolean;
}

function MessageTime({ at, words, replaced }: MessageTimeProps) {
  const timeZone = useTimeZone();
  return (
    <time dateTime={at} className="block px-1 text-xs text-muted">
      {words ?? formatTime(at, timeZone)}
      {replaced ? ' · replaced since; what it changed stays' : null}
    </time>
  );
}

function RetryButton({ onRetry }: { onRetry: () => void }) {
  return (
    <Button size="sm" icon={<RotateCcw aria-hidden />} onClick={onRetry}>
      Try again
    </Button>
  );
}
