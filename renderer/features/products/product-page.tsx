import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, CircleCheck, ShoppingCart, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { Product } from '../../../shared/domain/index.ts';
import { Button } from '../../components/button.tsx';
import { inWords } from '../../components/format.ts';
import { Link } from '../../components/link.tsx';
import { ErrorState } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useCanAct } from '../../desk/queries.ts';
import { NewOrderDialog } from '../orders/new-order-dialog.tsx';
import { productQuery } from './queries.ts';

/** One product: what it is, how large, and of which materials. */
export function ProductPage({ id }: { id: string }) {
  const product = useQuery(productQuery(id));
  if (product.isPending) return <Skeleton className="m-4 h-64" />;
  if (product.isError) return <ErrorState error={product.error} onRetry={() => void product.refetch()} />;
  return <LoadedProduct product={product.data} />;
}

function LoadedProduct({ product }: { product: Product }) {
  return (
    <article className="h-full overflow-y-auto">
      <ProductHeader product={product} />
      <div className="grid gap-4 p-4 @3xl/main:grid-cols-2">
        <Facts title="Dimensions" rows={dimensionRows(product)} />
        <Materials product={product} />
      </div>
    </article>
  );
}

function ProductHeader({ product }: { product: Product }) {
  const [ordering, setOrdering] = useState(false);
  const [source] = useState({ product_ids: [product.id] });
  const canAct = useCanAct();
  return (
    <header className="flex flex-wrap items-start gap-3 border-b border-line bg-raised px-4 py-3">
      <Link
        to={{ view: 'products' }}
        aria-label="All products"
        title="All products"
        className="grid size-8 place-items-center rounded-md text-muted hover:bg-sunken hover:text-content"
      >
        <ArrowLeft className="size-4" aria-hidden />
      </Link>
      <div className="min-w-0 flex-1">
        <p className="text-xs text-muted">{product.category_path.join(' › ')}</p>
        <h1 className="text-lg font-semibold [overflow-wrap:anywhere]">{product.name}</h1>
        <p className="text-muted">
          {product.pim_id} · {product.designation}
        </p>
      </div>
      <Button
        variant="primary"
        icon={<ShoppingCart aria-hidden />}
        disabled={!canAct}
        title={canAct ? undefined : 'Your role can only read. Ask an admin of your company.'}
        onClick={() => setOrdering(true)}
      >
        Order…
      </Button>
      {ordering ? (
        <NewOrderDialog source={source} count={1} onClose={() => setOrdering(false)} onCreated={() => undefined} />
      ) : null}
    </header>
  );
}

const CLOSURES = { open: 'Open', shield: 'Shields (Z)', seal: 'Seals (RS)' } as const;

function dimensionRows({ dimensions, kind }: Product): [string, string][] {
  // A housing is described by the shaft through it and the bearing's seat in it.
  const [inner, outer] =
    kind === 'housing' ? ['Shaft diameter', 'Seat diameter'] : ['Bore diameter', 'Outside diameter'];
  const rows: [string, string][] = [
    ['Kind', inWords(kind)],
    [`${inner} d`, `${dimensions.d} mm`],
    [`${outer} D`, `${dimensions.D} mm`],
    ['Width B', `${dimensions.B} mm`],
    ['Rows', String(dimensions.rows)],
    ['Closure', CLOSURES[dimensions.closure]],
  ];
  if (dimensions.alpha !== undefined) rows.push(['Contact angle α', `${dimensions.alpha}°`]);
  if (dimensions.r !== undefined) rows.push(['Chamfer r', `${dimensions.r} mm`]);
  return rows;
}

function Facts({ title, rows }: { title: string; rows: [string, string][] }) {
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-raised">
      <h2 className="border-b border-line px-4 py-2 font-medium">{title}</h2>
      <dl className="divide-y divide-line px-4">
        {rows.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-4 py-2">
            <dt className="text-muted">{name}</dt>
            <dd className="text-right tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Materials({ product }: { product: Product }) {
  const unmapped = new Set(product.unmapped_materials);
  return (
    <section aria-label="Materials" className="rounded-lg border border-line bg-raised">
      <h2 className="flex items-center justify-between border-b border-line px-4 py-2 font-medium">
        CAD materials
        {unmapped.size > 0 ? (
          <Link to={{ view: 'materials' }} className="text-xs text-accent underline underline-offset-2">
            Map materials
          </Link>
        ) : null}
      </h2>
      <dl className="divide-y divide-line px-4">
        {Object.entries(product.cad_materials).map(([part, material]) => (
          <div key={part} className="flex items-center justify-between gap-4 py-2">
            <dt className="text-muted">{inWords(part)}</dt>
            <dd className="flex items-center gap-1.5 text-right">
              {material}
              {unmapped.has(material) ? (
                <span className="inline-flex items-center gap-1 text-xs font-medium text-warn">
                  <TriangleAlert className="size-3.5" aria-hidden /> unmapped
                </span>
              ) : (
                <CircleCheck className="size-3.5 text-good" aria-label="mapped" />
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
