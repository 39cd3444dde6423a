import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { LayoutGrid, Rows3 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { RENDER_STATUSES, type Order, type RenderStatus } from '../../../shared/domain/index.ts';
import { IconButton } from '../../components/button.tsx';
import { formatCount } from '../../components/format.ts';
import { EmptyState, ErrorState } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { statusLabel } from '../../components/status-chip.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { RenderViewer } from './render-viewer.tsx';
import { lineColumns } from './line-columns.tsx';
import { LineGrid } from './line-grid.tsx';
import { orderLinesQuery } from './queries.ts';
import { shownLines, type ShownLine } from './shown-line.ts';

/** The renders of an order as pictures or as a table; a click opens the viewer. */
export function OrderLines({ order }: { order: Order }) {
  const [status, setStatus] = useState<RenderStatus | undefined>();
  const [asTable, setAsTable] = useState(false);
  const [opened, setOpened] = useState<number | null>(null);
  const list = useInfiniteQuery({ ...orderLinesQuery(order.number, { status }), placeholderData: keepPreviousData });
  const lines = useMemo(
    () =>
      shownLines(
        (list.data?.pages ?? []).flatMap((page) => page.items),
        order.status,
      ),
    [list.data, order.status],
  );
  const more = {
    has: list.hasNextPage,
    loading: list.isFetchingNextPage,
    load: () => void list.fetchNextPage({ cancelRefetch: false }),
  };
  const open = (line: ShownLine) => setOpened(lines.findIndex(({ id }) => id === line.id));
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-4 py-2">
        <LineFilter order={order} status={status} onChange={setStatus} />
        <span className="flex-1" />
        <IconButton label="As pictures" pressed={!asTable} onClick={() => setAsTable(false)}>
          <LayoutGrid aria-hidden />
        </IconButton>
        <IconButton label="As a table" pressed={asTable} onClick={() => setAsTable(true)}>
          <Rows3 aria-hidden />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1">
        {list.isPending ? <SkeletonRows label="Loading renders" /> : null}
        {list.isError ? <ErrorState error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isSuccess && lines.length === 0 ? <EmptyState title="No render in this state" /> : null}
        {lines.length > 0 && asTable ? (
          <VirtualTable
            label="Renders"
            rows={lines}
            columns={lineColumns}
            total={order.lines.total}
            more={more}
            onOpen={open}
          />
        ) : null}
        {lines.length > 0 && !asTable ? <LineGrid lines={lines} more={more} onOpen={open} /> : null}
      </div>
      {opened !== null && lines[opened] ? (
        <RenderViewer
          line={lines[opened]}
          onClose={() => setOpened(null)}
          onPrevious={opened > 0 ? () => setOpened(opened - 1) : undefined}
          onNext={opened < lines.length - 1 ? () => setOpened(opened + 1) : undefined}
        />
      ) : null}
    </div>
  );
}

interface LineFilterProps {
  order: Order;
  status: RenderStatus | undefined;
  onChange: (status: RenderStatus | undefined) => void;
}

function LineFilter({ order, status, onChange }: LineFilterProps) {
  const present = RENDER_STATUSES.filter((one) => order.lines[one] > 0 || one === status);
  return (
    <select
      aria-label="Show renders"
      value={status ?? ''}
      onChange={(event) => onChange(RENDER_STATUSES.find((one) => one === event.target.value))}
      className="h-8 rounded-md border border-line-strong/60 bg-raised px-2 text-sm"
    >
      <option value="">All {formatCount(order.lines.total, 'render', 'renders')}</option>
      {present.map((one) => (
        <option key={one} value={one}>
          {statusLabel(one)}: {order.lines[one]}
        </option>
      ))}
    </select>
  );
}
