import { useQuery } from '@tanstack/react-query';
import { ClipboardList } from 'lucide-react';
import { Link } from '../../components/link.tsx';
import { StatusChip } from '../../components/status-chip.tsx';
import { OrderProgress } from '../orders/order-progress.tsx';
import { orderQuery } from '../orders/queries.ts';
import type { ToolOrder } from './tool-result.ts';

/**
 * An order in the chat: the same object as in the list, so its progress moves here too, in old messages as in new ones.
 * What the tool told stands until (or where) the order itself can't be had.
 */
export function OrderCard({ order }: { order: ToolOrder }) {
  const live = useQuery(orderQuery(order.number)).data;
  return (
    <Link
      to={{ view: 'order', id: order.number }}
      className="block space-y-2 rounded-lg border border-line bg-raised px-3 py-2 transition-colors hover:border-accent"
    >
      <span className="flex items-center gap-2">
        <ClipboardList className="size-4 shrink-0 text-accent" aria-hidden />
        <span className="min-w-0 flex-1 truncate font-medium tabular-nums">{order.number}</span>
        <StatusChip status={live?.status ?? order.status} />
      </span>
      {live ? (
        <>
          <OrderProgress order={live} />
          <span className="block truncate text-xs text-muted">{live.output_type_name}</span>
        </>
      ) : null}
    </Link>
  );
}
