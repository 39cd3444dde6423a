import { useQuery } from '@tanstack/react-query';
import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Category } from '../../../shared/domain/index.ts';
import { cx } from '../../components/cx.ts';
import { formatNumber } from '../../components/format.ts';
import { ErrorState } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { categoriesQuery } from './queries.ts';
import { useProductsView } from './selection-store.ts';

type Children = ReadonlyMap<string | null, Category[]>;

function byParent(categories: readonly Category[]): Children {
  return Map.groupBy(categories, (category) => category.parent_id);
}

const pick = (category: string | undefined) => useProductsView.setState({ category });

/** The catalogue's tree; a node stands for everything below it. */
export function CategoryTree() {
  const categories = useQuery(categoriesQuery);
  const children = useMemo(() => byParent(categories.data ?? []), [categories.data]);
  const chosen = useProductsView((state) => state.category);
  if (categories.isPending) return <SkeletonRows label="Loading categories" rows={5} />;
  if (categories.isError) return <ErrorState error={categories.error} onRetry={() => void categories.refetch()} />;
  return (
    <ul className="space-y-px p-2">
      <li>
        <CategoryButton label="All products" chosen={chosen === undefined} onPick={() => pick(undefined)} />
      </li>
      {(children.get(null) ?? []).map((category) => (
        <CategoryNode key={category.id} category={category} of={children} depth={0} />
      ))}
    </ul>
  );
}

function CategoryNode({ category, of, depth }: { category: Category; of: Children; depth: number }) {
  const [open, setOpen] = useState(depth === 0);
  const chosen = useProductsView((state) => state.category === category.id);
  const below = of.get(category.id) ?? [];
  return (
    <li>
      <div className="flex items-center" style={{ paddingLeft: depth * 14 }}>
        {below.length > 0 ? (
          <button
            type="button"
            aria-expanded={open}
            aria-label={`${open ? 'Close' : 'Open'} ${category.name}`}
            onClick={() => setOpen(!open)}
            className="grid size-6 shrink-0 place-items-center rounded text-muted hover:bg-sunken"
          >
            <ChevronRight className={cx('size-3.5 transition-transform', open && 'rotate-90')} aria-hidden />
          </button>
        ) : (
          <span className="w-6 shrink-0" />
        )}
        <CategoryButton
          label={category.name}
          count={category.product_count}
          chosen={chosen}
          onPick={() => pick(category.id)}
        />
      </div>
      {open && below.length > 0 ? (
        <ul className="space-y-px">
          {below.map((child) => (
            <CategoryNode key={child.id} category={child} of={of} depth={depth + 1} />
          ))}
        </ul>
      ) : null}
    </li>
  );
}

interface CategoryButtonProps {
  label: string;
  count?: number;
  chosen: boolean;
  onPick: () => void;
}

function CategoryButton({ label, count, chosen, onPick }: CategoryButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={chosen}
      title={label}
      onClick={onPick}
      className={cx(
        'flex h-7 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left text-[0.8125rem]',
        chosen ? 'bg-accent-soft font-medium text-accent' : 'hover:bg-sunken',
      )}
    >
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {count === undefined ? null : <span className="text-xs text-muted tabular-nums">{formatNumber(count)}</span>}
    </button>
  );
}

/** The same choice where there is no room for the tree. */
export function CategorySelect() {
  const categories = useQuery(categoriesQuery).data ?? [];
  const chosen = useProductsView((state) => state.category);
  return (
    <select
      aria-label="Category"
      value={chosen ?? ''}
      onChange={(event) => pick(event.target.value || undefined)}
      className="h-8 w-full rounded-md border border-line-strong/60 bg-raised px-2"
    >
      <option value="">All categories</option>
      {categories.map((category) => (
        <option key={category.id} value={category.id}>
          {category.path.join(' › ')} ({category.product_count})
        </option>
      ))}
    </select>
  );
}
