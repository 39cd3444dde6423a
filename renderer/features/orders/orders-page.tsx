import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { navigate } from '../../app/router.ts';
import { useUi } from '../../app/ui-store.ts';
import { formatCount } from '../../components/format.ts';
import { EmptyState, ErrorState } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { orderColumns } from './order-columns.tsx';
import { OrderFilters } from './order-filters.tsx';
import { orderListQuery } from './queries.ts';
import { useOrdersView } from './orders-store.ts';
import { WeekStats } from './week-stats.tsx';

/** All orders of the tenant, live. */
export function OrdersPage() {
  const { status, mine } = useOrdersView();
  const text = useSettled(useUi((state) => state.search.orders.trim()));
  const filter = { status, mine: mine || undefined, text: text || undefined };
  const list = useInfiniteQuery({ ...orderListQuery(filter), placeholderData: keepPreviousData });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const first = list.data?.pages[0];
  const filtered = status !== undefined || mine || text !== '';
  return (
    <div className="flex h-full flex-col">
      <div className="shrink-0 space-y-3 px-4 pt-4 pb-3">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h1 className="text-lg font-semibold">Orders</h1>
          <span role="status" className="text-muted tabular-nums">
            {first ? formatCount(first.total, 'order', 'orders', first.total_exact) : null}
          </span>
          <WeekStats />
        </div>
        <OrderFilters />
      </div>
      <section aria-label="Orders" className="min-h-0 flex-1 border-t border-line bg-raised">
        {list.isPending ? <SkeletonRows label="Loading orders" /> : null}
        {list.isError ? <ErrorState error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isSuccess && rows.length === 0 ? <NoOrders filtered={filtered} /> : null}
        {list.isSuccess && rows.length > 0 ? (
          <VirtualTable
            label="Orders"
            rows={rows}
            columns={orderColumns}
            total={first?.total}
            onOpen={(order) => navigate({ view: 'order', id: order.number })}
            more={{
              has: list.hasNextPage,
              loading: list.isFetchingNextPage,
              load: () => void list.fetchNextPage({ cancelRefetch: false }),
            }}
          />
        ) : null}
      </section>
    </div>
  );
}

function NoOrders({ filtered }: { filtered: boolean }) {
  if (filtered) return <EmptyState title="No order matches">Change the search or the filters above.</EmptyState>;
  return (
    <EmptyState title="No orders yet">
      Choose products under Products and order renders of them, or tell the assistant what should be rendered.
    </EmptyState>
  );
}
