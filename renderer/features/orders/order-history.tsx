import { useQuery } from '@tanstack/react-query';
import { Bot, Cpu, MousePointerClick, type LucideIcon } from 'lucide-react';
import type { Order } from '../../../shared/domain/index.ts';
import { formatDateTime } from '../../components/format.ts';
import { EmptyState, ErrorState } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { useTimeZone } from '../../desk/queries.ts';
import { orderHistoryQuery } from './queries.ts';

const ORIGINS: Record<string, { icon: LucideIcon; words: string }> = {
  click: { icon: MousePointerClick, words: 'by a click' },
  assistant: { icon: Bot, words: 'through the assistant' },
  pipeline: { icon: Cpu, words: 'by the pipeline' },
};

/** What happened to the order, by whom, and through which door. */
export function OrderHistory({ order }: { order: Order }) {
  const history = useQuery(orderHistoryQuery(order.number));
  const timeZone = useTimeZone();
  if (history.isPending) return <SkeletonRows label="Loading the history" rows={4} />;
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data.length === 0) return <EmptyState title="Nothing has happened to this order yet" />;
  return (
    <ol className="h-full divide-y divide-line overflow-y-auto">
      {history.data.map((entry, index) => {
        const origin = ORIGINS[entry.origin];
        const Icon = origin?.icon ?? Cpu;
        return (
          <li key={index} className="flex gap-3 px-4 py-2.5">
            <Icon className="mt-0.5 size-4 shrink-0 text-muted" aria-hidden />
            <div className="min-w-0 flex-1">
              <p className="[overflow-wrap:anywhere]">{entry.text}</p>
              <p className="text-xs text-muted">
                {entry.actor} {origin?.words ?? entry.origin} ·{' '}
                <time dateTime={entry.at}>{formatDateTime(entry.at, timeZone)}</time>
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
