import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import type { MaterialsCheck, Order } from '../../../shared/domain/index.ts';
import { formatCount } from '../../components/format.ts';
import { Link } from '../../components/link.tsx';
import { ErrorState, Notice } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { materialsCheckQuery } from './queries.ts';

/** Which CAD materials of the order no mapping covers. */
export function OrderMaterials({ order }: { order: Order }) {
  const check = useQuery(materialsCheckQuery(order.number));
  if (check.isPending) return <SkeletonRows label="Checking materials" rows={4} />;
  if (check.isError) return <ErrorState error={check.error} onRetry={() => void check.refetch()} />;
  return (
    <div className="h-full max-w-3xl space-y-4 overflow-y-auto p-4">
      <CheckSummary check={check.data} />
      {check.data.unmapped.length > 0 ? (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {check.data.unmapped.map((entry) => (
            <li key={entry.cad_material} className="flex justify-between gap-4 px-3 py-2">
              <span className="font-medium [overflow-wrap:anywhere]">{entry.cad_material}</span>
              <span className="shrink-0 text-muted tabular-nums">
                {formatCount(entry.product_count, 'product', 'products')}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {check.data.unmapped.length > 0 ? (
        <Link to={{ view: 'materials' }} className="inline-block text-accent underline underline-offset-2">
          Map these materials
        </Link>
      ) : null}
    </div>
  );
}

function CheckSummary({ check }: { check: MaterialsCheck }) {
  if (check.material_override !== null) {
    return (
      <Notice tone="info">The whole order is rendered in {check.material_override}; mappings do not matter.</Notice>
    );
  }
  if (check.products_with_unmapped === 0) {
    return (
      <p className="flex items-center gap-2 text-good">
        <CircleCheck className="size-4" aria-hidden /> All materials of{' '}
        {formatCount(check.products, 'product', 'products')} are mapped.
      </p>
    );
  }
  return (
    <Notice tone="warn">
      {formatCount(check.products_with_unmapped, 'product', 'products')} of {check.products} have materials that no
      mapping covers. Map them, or set a material override, for good renders.
    </Notice>
  );
}
