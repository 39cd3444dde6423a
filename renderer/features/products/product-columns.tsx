import { TriangleAlert } from 'lucide-react';
import type { Product } from '../../../shared/domain/index.ts';
import { Link } from '../../components/link.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { choose, useProductsView } from './selection-store.ts';

const column = columnsOf<Product>();

/** Bore × outside diameter × width, mm. */
export function describeSize({ dimensions }: Product): string {
  return `${dimensions.d} × ${dimensions.D} × ${dimensions.B}`;
}

function ChooseBox({ product }: { product: Product }) {
  const chosen = useProductsView((state) => state.chosen.has(product.id));
  return (
    <label className="-m-2 grid place-items-center p-2">
      <input
        type="checkbox"
        aria-label={`Choose ${product.pim_id}`}
        checked={chosen}
        onChange={(event) => choose([product], event.target.checked)}
        className="size-4 accent-(--accent)"
      />
    </label>
  );
}

export const productColumns = column.columns([
  column.display({
    id: 'choose',
    header: () => <span className="sr-only">Choose</span>,
    meta: { className: 'w-4 shrink-0' },
    cell: ({ row }) => <ChooseBox product={row.original} />,
  }),
  column.accessor('pim_id', {
    header: 'PIM-ID',
    meta: { className: 'w-36 shrink-0 truncate' },
    cell: ({ row }) => (
      <Link
        to={{ view: 'product', id: row.original.id }}
        title={row.original.pim_id}
        className="font-medium hover:underline"
      >
        {row.original.pim_id}
      </Link>
    ),
  }),
  column.accessor('name', {
    header: 'Name',
    meta: { className: 'min-w-0 flex-1 truncate' },
    cell: ({ row }) => <span title={row.original.name}>{row.original.name}</span>,
  }),
  column.display({
    id: 'category',
    header: 'Category',
    meta: { className: 'hidden w-44 shrink-0 truncate text-muted @6xl/main:block' },
    cell: ({ row }) => <span title={row.original.category_path.join(' › ')}>{row.original.category_path.at(-1)}</span>,
  }),
  column.display({
    id: 'size',
    header: 'd × D × B, mm',
    meta: { className: 'hidden w-32 shrink-0 text-right tabular-nums @3xl/main:block' },
    cell: ({ row }) => describeSize(row.original),
  }),
  column.display({
    id: 'unmapped',
    header: 'Materials',
    meta: { className: 'hidden w-28 shrink-0 @2xl/main:block' },
    cell: ({ row }) => {
      const missing = row.original.unmapped_materials;
      if (missing.length === 0) return <span className="text-xs text-muted">Mapped</span>;
      return (
        <span
          title={missing.join(', ')}
          className="inline-flex items-center gap-1 align-middle text-xs font-medium text-warn"
        >
          <TriangleAlert className="size-3.5" aria-hidden /> {missing.length} unmapped
        </span>
      );
    },
  }),
]);
