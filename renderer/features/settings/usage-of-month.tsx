import { useQuery } from '@tanstack/react-query';
import { costOf, shareUsed, WARN_SHARE, type Usage } from '../../../shared/domain/index.ts';
import { formatCost, formatNumber } from '../../components/format.ts';
import { ErrorState } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { usageQuery } from './queries.ts';

/** `2026-11` -> `November 2026`. */
function monthInWords(month: string): string {
  return new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
}

/** Tokens of the month against the company's limit. */
export function UsageOfMonth() {
  const usage = useQuery(usageQuery);
  if (usage.isPending) return <Skeleton className="h-10" />;
  if (usage.isError) return <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />;
  return <UsageBar usage={usage.data} />;
}

function UsageBar({ usage }: { usage: Usage }) {
  const { used_tokens: used, reserved_tokens: reserved, limit, month, price } = usage;
  const share = Math.min(1, shareUsed(usage));
  return (
    <div>
      <p className="mb-1.5 flex flex-wrap justify-between gap-x-4 text-[0.8125rem]">
        <span className="text-muted">Tokens used in {monthInWords(month)}</span>
        <span className="tabular-nums">
          {formatNumber(used)}
          {limit === null ? ' · no limit' : ` of ${formatNumber(limit)}`}
          {price ? ` · ${formatCost(costOf(usage, price), price.currency)}` : null}
          {reserved > 0 ? (
            <span className="text-muted"> · {formatNumber(reserved)} reserved for running answers</span>
          ) : null}
        </span>
      </p>
      {limit === null ? null : (
        <div
          role="meter"
          aria-label="Share of the month’s tokens"
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(share * 100)}
          className="h-1.5 overflow-hidden rounded-full bg-sunken"
        >
          <div
            className={share >= WARN_SHARE ? 'h-full bg-bar-bad' : 'h-full bg-accent'}
            style={{ width: `${share * 100}%` }}
          />
        </div>
      )}
    </div>
  );
}
