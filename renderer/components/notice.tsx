import type { ReactNode } from 'react';
import { CircleX, Inbox, Info, RefreshCw, TriangleAlert, CircleCheck } from 'lucide-react';
import { failureOf } from '../desk/client.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';

const TONES = {
  info: { icon: Info, look: 'bg-info-soft text-info' },
  good: { icon: CircleCheck, look: 'bg-good-soft text-good' },
  warn: { icon: TriangleAlert, look: 'bg-warn-soft text-warn' },
  bad: { icon: CircleX, look: 'bg-bad-soft text-bad' },
} as const;

interface NoticeProps {
  tone: keyof typeof TONES;
  children: ReactNode;
  action?: ReactNode;
}

/** One sentence that matters, with what can be done about it. Bad news is announced. */
export function Notice({ tone, children, action }: NoticeProps) {
  const { icon: Icon, look } = TONES[tone];
  return (
    <div
      role={tone === 'bad' ? 'alert' : undefined}
      className={cx('flex items-start gap-2 rounded-md px-3 py-2', look)}
    >
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</div>
      {action}
    </div>
  );
}

/** A load that failed: what it says and a way to try again. */
export function ErrorState({ error, onRetry, title }: { error: unknown; onRetry: () => void; title?: string }) {
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <CircleX className="size-8 text-bad" aria-hidden />
      <div>
        <p className="font-medium">{title ?? 'This could not be loaded'}</p>
        <p className="mt-1 max-w-md text-muted">{failureOf(error).message}</p>
      </div>
      <Button icon={<RefreshCw aria-hidden />} onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}

/** Nothing here: says why, and what to do next. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <Inbox className="size-8 text-muted" aria-hidden />
      <p className="font-medium">{title}</p>
      <div className="max-w-md text-muted">{children}</div>
    </div>
  );
}
