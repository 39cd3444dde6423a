import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { PendingApproval } from '../../../shared/contract/index.ts';
import type { EffectRow } from '../../../shared/domain/index.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatCount } from '../../components/format.ts';
import { ErrorState, Notice } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { visible } from '../../components/visible-text.ts';
import { approvalRowsQuery } from './queries.ts';

/** So many products can be taken out at once. */
const MOST_TAKEN_OUT = 1000;

interface ApprovalRowsProps {
  approval: PendingApproval;
  /** Products marked to be taken out; null where the change has none that could be. */
  out: ReadonlySet<string> | null;
  onOut: (out: ReadonlySet<string>) => void;
}

/** Everything behind a change's numbers, a page at a time, with what will fail and why. */
export function ApprovalRows({ approval, out, onOut }: ApprovalRowsProps) {
  const [only, setOnly] = useState<'all' | 'problems'>('all');
  const list = useInfiniteQuery(approvalRowsQuery(approval, only));
  const toggle = (id: string) =>
    onOut(out?.has(id) ? new Set([...out].filter((other) => other !== id)) : new Set([...(out ?? []), id]));
  const pages = list.data?.pages ?? [];
  const [first] = pages;
  if (list.isError) {
    return <ErrorState title="The list could not be read" error={list.error} onRetry={() => void list.refetch()} />;
  }
  return (
    <div className="space-y-2 text-xs">
      <div role="group" aria-label="Which to show" className="flex flex-wrap items-center gap-2">
        <FilterButton label="All" pressed={only === 'all'} onPress={() => setOnly('all')} />
        <FilterButton label="Will fail" pressed={only === 'problems'} onPress={() => setOnly('problems')} />
        <span role="status" className="text-muted">
          {first ? formatCount(first.total, 'product', 'products', first.total_exact) : null}
        </span>
      </div>
      {pages.some(({ moved }) => moved) ? (
        <Notice tone="info">
          The data changed since this was worked out. If you approve, its new effect is shown first.
        </Notice>
      ) : null}
      {first ? null : <SkeletonRows rows={4} label="Reading the list" />}
      <ul
        tabIndex={0}
        aria-label="What this touches"
        className={cx(
          'max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line',
          !first && 'hidden',
        )}
      >
        {pages.flatMap(({ items }) =>
          items.map((row) => (
            <Row
              key={row.id}
              row={row}
              isOut={out?.has(row.id) ?? false}
              onToggle={out && (out.has(row.id) || out.size < MOST_TAKEN_OUT) ? () => toggle(row.id) : null}
            />
          )),
        )}
        {first?.items.length === 0 ? <li className="px-2.5 py-2 text-muted">None</li> : null}
        {list.hasNextPage ? (
          <li className="p-1.5">
            <Button size="sm" variant="ghost" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show more
            </Button>
          </li>
        ) : null}
      </ul>
    </div>
  );
}

function FilterButton({ label, pressed, onPress }: { label: string; pressed: boolean; onPress: () => void }) {
  return (
    <Button size="sm" variant={pressed ? 'secondary' : 'ghost'} aria-pressed={pressed} onClick={onPress}>
      {label}
    </Button>
  );
}

function Row({ row, isOut, onToggle }: { row: EffectRow; isOut: boolean; onToggle: (() => void) | null }) {
  return (
    <li className="flex items-center gap-2 px-2.5 py-1">
      <span className={cx('min-w-0 flex-1 [overflow-wrap:anywhere]', isOut && 'text-muted line-through')}>
        {visible(row.label)}
        {row.note ? <span className={row.problem ? 'text-warn' : 'text-muted'}> {visible(row.note)}</span> : null}
      </span>
      {onToggle ? (
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={isOut}
          aria-label={`Take out ${visible(row.label)}`}
          onClick={onToggle}
        >
          {isOut ? 'Keep' : 'Take out'}
        </Button>
      ) : null}
    </li>
  );
}
