import type { Order } from '../../../shared/domain/index.ts';
import { formatDateTime, formatRelative } from '../../components/format.ts';
import { Link } from '../../components/link.tsx';
import { StatusChip } from '../../components/status-chip.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { useNow } from '../../components/use-now.ts';
import { useTimeZone } from '../../desk/queries.ts';
import { OrderProgress } from './order-progress.tsx';

const column = columnsOf<Order>();

/** When, in words; the exact time as the tooltip. */
export function When({ at }: { at: string }) {
  const timeZone = useTimeZone();
  const now = useNow(30_000);
  return (
    <time dateTime={at} title={formatDateTime(at, timeZone)} className="whitespace-nowrap text-muted">
      {formatRelative(at, timeZone, now)}
    </time>
  );
}

export const orderColumns = column.columns([
  column.accessor('number', {
    header: 'Order',
    meta: { className: 'w-30 shrink-0' },
    cell: ({ row }) => (
      <Link to={{ view: 'order', id: row.original.number }} className="font-medium tabular-nums hover:underline">
        {row.original.number}
      </Link>
    ),
  }),
  column.accessor('status', {
    header: 'Status',
    meta: { className: 'w-40 shrink-0' },
    cell: ({ row }) => <StatusChip status={row.original.status} />,
  }),
  column.display({
    id: 'progress',
    header: 'Renders',
    meta: { className: 'hidden min-w-36 flex-1 @lg/main:block' },
    cell: ({ row }) => <OrderProgress order={row.original} />,
  }),
  column.accessor('output_type_name', {
    header: 'Output type',
    meta: { className: 'hidden w-44 shrink-0 truncate @3xl/main:block' },
    cell: ({ row }) => (
      <span title={row.original.output_type_name}>
        {row.original.output_type_name}
        <span className="text-muted"> · {row.original.settings.format.toUpperCase()}</span>
      </span>
    ),
  }),
  column.display({
    id: 'created_by',
    header: 'By',
    meta: { className: 'hidden w-32 shrink-0 truncate text-muted @5xl/main:block' },
    cell: ({ row }) => row.original.created_by.name,
  }),
  column.accessor('created_at', {
    header: 'Created',
    meta: { className: 'hidden w-28 shrink-0 @2xl/main:block' },
    cell: ({ row }) => <When at={row.original.created_at} />,
  }),
]);
