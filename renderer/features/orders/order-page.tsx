import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Order } from '../../../shared/domain/index.ts';
import { ErrorState } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { TabBar } from '../../components/tab-bar.tsx';
import { OrderHeader } from './order-header.tsx';
import { OrderHistory } from './order-history.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderMaterials } from './order-materials.tsx';
import { orderQuery } from './queries.ts';

/** One order by number or id. */
export function OrderPage({ id }: { id: string }) {
  const order = useQuery(orderQuery(id));
  if (order.isPending) return <OrderSkeleton />;
  if (order.isError) {
    return (
      <ErrorState title={`Order ${id} could not be loaded`} error={order.error} onRetry={() => void order.refetch()} />
    );
  }
  return <LoadedOrder order={order.data} />;
}

const TABS = [
  { id: 'lines', label: 'Renders' },
  { id: 'materials', label: 'Materials check' },
  { id: 'history', label: 'History' },
] as const;

function LoadedOrder({ order }: { order: Order }) {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('lines');
  return (
    <div className="flex h-full flex-col">
      <OrderHeader order={order} />
      <TabBar label="Order" tabs={TABS} current={tab} onChange={setTab} />
      <div role="tabpanel" aria-label={TABS.find(({ id }) => id === tab)?.label} className="min-h-0 flex-1 bg-raised">
        {tab === 'lines' ? <OrderLines order={order} /> : null}
        {tab === 'materials' ? <OrderMaterials order={order} /> : null}
        {tab === 'history' ? <OrderHistory order={order} /> : null}
      </div>
    </div>
  );
}

function OrderSkeleton() {
  return (
    <div role="status" aria-label="Loading the order" className="space-y-4 p-4">
      <Skeleton className="h-7 w-64" />
      <Skeleton className="h-4 w-96 max-w-full" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3 pt-4">
        {Array.from({ length: 12 }, (_, index) => (
          <Skeleton key={index} className="aspect-square" />
        ))}
      </div>
    </div>
  );
}
