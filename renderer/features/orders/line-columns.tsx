import { formatDuration } from '../../components/format.ts';
import { StatusChip } from '../../components/status-chip.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { LineImage } from './line-image.tsx';
import type { ShownLine } from './shown-line.ts';

const column = columnsOf<ShownLine>();

export const lineColumns = column.columns([
  column.display({
    id: 'image',
    header: () => <span className="sr-only">Image</span>,
    meta: { className: 'w-9 shrink-0' },
    cell: ({ row }) => (
      <div className="size-9 overflow-hidden rounded">
        <LineImage line={row.original} />
      </div>
    ),
  }),
  column.display({
    id: 'product',
    header: 'Product',
    meta: { className: 'min-w-0 flex-1 truncate' },
    cell: ({ row }) => (
      <button
        type="button"
        className="max-w-full truncate text-left hover:underline"
        aria-label={`Open ${row.original.product.pim_id}`}
      >
        <span className="font-medium">{row.original.product.pim_id}</span>{' '}
        <span className="text-muted">{row.original.product.name}</span>
      </button>
    ),
  }),
  column.accessor('shown', {
    header: 'Status',
    meta: { className: 'w-28 shrink-0' },
    cell: ({ row }) => <StatusChip status={row.original.shown} />,
  }),
  column.accessor('error', {
    header: 'Error',
    meta: { className: 'hidden min-w-0 flex-1 truncate @3xl/main:block' },
    cell: ({ row }) => (
      <span title={row.original.error ?? undefined} className="text-bad">
        {row.original.error}
      </span>
    ),
  }),
  column.accessor('attempts', {
    header: 'Attempts',
    meta: { className: 'hidden w-16 shrink-0 text-right tabular-nums @2xl/main:block' },
    cell: ({ row }) => row.original.attempts,
  }),
  column.accessor('duration_ms', {
    header: 'Duration',
    meta: { className: 'hidden w-20 shrink-0 text-right tabular-nums @xl/main:block' },
    cell: ({ row }) => (row.original.duration_ms === null ? '–' : formatDuration(row.original.duration_ms)),
  }),
]);
