import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Order } from '../../../shared/domain/index.ts';
import { cx } from '../../components/cx.ts';
import { describeSettings, formatDateTime } from '../../components/format.ts';
import { Link } from '../../components/link.tsx';
import { StatusChip } from '../../components/status-chip.tsx';
import { useTimeZone } from '../../desk/queries.ts';
import { OrderActions } from './order-actions.tsx';
import { OrderProgress } from './order-progress.tsx';

/** What the order is, how it stands, and what can be done with it. */
export function OrderHeader({ order }: { order: Order }) {
  return (
    <header className="shrink-0 space-y-3 px-4 pt-3 pb-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Link
          to={{ view: 'orders' }}
          aria-label="All orders"
          title="All orders"
          className="grid size-8 place-items-center rounded-md text-muted hover:bg-sunken hover:text-content"
        >
          <ArrowLeft className="size-4" aria-hidden />
        </Link>
        <h1 className="text-lg font-semibold tabular-nums">{order.number}</h1>
        <StatusChip status={order.status} />
        <div className="w-56 max-w-full">
          <OrderProgress order={order} />
        </div>
        <div className="ml-auto">
          <OrderActions order={order} />
        </div>
      </div>
      <OrderFacts order={order} />
    </header>
  );
}

function OrderFacts({ order }: { order: Order }) {
  const timeZone = useTimeZone();
  const overrides = describeSettings(order.render_overrides);
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2 text-[0.8125rem]">
      <Fact name="Output type">{order.output_type_name}</Fact>
      <Fact name="Settings">{describeSettings(order.settings).join(' · ')}</Fact>
      {overrides.length > 0 ? (
        <Fact name="Overrides" marked>
          {overrides.join(' · ')}
        </Fact>
      ) : null}
      {order.material_override ? (
        <Fact name="Material override" marked>
          {order.material_override}
        </Fact>
      ) : null}
      <Fact name="Created">
        {formatDateTime(order.created_at, timeZone)} by {order.created_by.name}
      </Fact>
      {order.dispatched_at ? <Fact name="Dispatched">{formatDateTime(order.dispatched_at, timeZone)}</Fact> : null}
      {order.finished_at ? <Fact name="Finished">{formatDateTime(order.finished_at, timeZone)}</Fact> : null}
    </dl>
  );
}

function Fact({ name, marked, children }: { name: string; marked?: boolean; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-xs text-muted">{name}</dt>
      <dd className={cx('[overflow-wrap:anywhere]', marked && 'font-medium text-accent')}>{children}</dd>
    </div>
  );
}
