import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { ShoppingCart } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Product } from '../../../shared/domain/index.ts';
import { navigate } from '../../app/router.ts';
import { useUi } from '../../app/ui-store.ts';
import { Button } from '../../components/button.tsx';
import { formatCount } from '../../components/format.ts';
import { EmptyState, ErrorState } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { useCanAct } from '../../desk/queries.ts';
import { NewOrderDialog } from '../orders/new-order-dialog.tsx';
import { CategorySelect, CategoryTree } from './category-tree.tsx';
import { productColumns } from './product-columns.tsx';
import { productListQuery } from './queries.ts';
import { choose, chooseNone, useProductsView } from './selection-store.ts';

function useProducts() {
  const category = useProductsView((state) => state.category);
  const text = useSettled(useUi((state) => state.search.products.trim()));
  const filter = { query: text || undefined, category };
  const list = useInfiniteQuery({ ...productListQuery(filter), placeholderData: keepPreviousData });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  return { list, rows, first: list.data?.pages[0], filtered: text !== '' || category !== undefined };
}

/** The catalogue: find products, choose some, order renders of them. */
export function ProductsPage() {
  const { list, rows, first, filtered } = useProducts();
  const chosen = useProductsView((state) => state.chosen);
  return (
    <div className="flex h-full">
      <nav
        aria-label="Categories"
        className="hidden w-60 shrink-0 overflow-y-auto border-r border-line @3xl/main:block"
      >
        <CategoryTree />
      </nav>
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="shrink-0 space-y-3 px-4 pt-4 pb-3">
          <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-2">
            <h1 className="text-lg font-semibold">Products</h1>
            <span role="status" className="text-muted tabular-nums">
              {first ? formatCount(first.total, 'product', 'products', first.total_exact) : null}
            </span>
            <ChosenBar rows={rows} />
          </div>
          <div className="@3xl/main:hidden">
            <CategorySelect />
          </div>
        </div>
        <section aria-label="Products" className="min-h-0 flex-1 border-t border-line bg-raised">
          {list.isPending ? <SkeletonRows label="Loading products" /> : null}
          {list.isError ? <ErrorState error={list.error} onRetry={() => void list.refetch()} /> : null}
          {list.isSuccess && rows.length === 0 ? (
            <EmptyState title={filtered ? 'No product matches' : 'The catalogue is empty'}>
              {filtered ? 'Change the search or the category.' : null}
            </EmptyState>
          ) : null}
          {rows.length > 0 ? (
            <VirtualTable
              label="Products"
              rows={rows}
              columns={productColumns}
              total={first?.total}
              isSelected={(product) => chosen.has(product.id)}
              onOpen={(product) => navigate({ view: 'product', id: product.id })}
              more={{
                has: list.hasNextPage,
                loading: list.isFetchingNextPage,
                load: () => void list.fetchNextPage({ cancelRefetch: false }),
              }}
            />
          ) : null}
        </section>
      </div>
    </div>
  );
}

/** What is chosen, and what can be done with it. */
function ChosenBar({ rows }: { rows: Product[] }) {
  const chosen = useProductsView((state) => state.chosen);
  const canAct = useCanAct();
  const [ordering, setOrdering] = useState(false);
  const all = rows.length > 0 && rows.every((product) => chosen.has(product.id));
  return (
    <div className="ml-auto flex flex-wrap items-center gap-2">
      {chosen.size > 0 ? (
        <Button variant="ghost" size="sm" onClick={chooseNone}>
          Choose none
        </Button>
      ) : null}
      <Button variant="ghost" size="sm" disabled={rows.length === 0 || all} onClick={() => choose(rows, true)}>
        Choose the {formatCount(rows.length, 'one', 'listed')}
      </Button>
      <Button
        variant="primary"
        icon={<ShoppingCart aria-hidden />}
        disabled={chosen.size === 0 || !canAct}
        title={canAct ? undefined : 'Your role can only read. Ask an admin of your company.'}
        onClick={() => setOrdering(true)}
      >
        {chosen.size > 0 ? `Order ${formatCount(chosen.size, 'product', 'products')}…` : 'Order…'}
      </Button>
      {ordering ? (
        <NewOrderDialog
          source={{ product_ids: [...chosen.keys()] }}
          count={chosen.size}
          onClose={() => setOrdering(false)}
          onCreated={chooseNone}
        />
      ) : null}
    </div>
  );
}
