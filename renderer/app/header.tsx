import { Search, X } from 'lucide-react';
import type { Me } from '../../shared/domain/index.ts';
import { ConnectionBadge } from './connection-badge.tsx';
import { navigate, type Route } from './router.ts';
import { ThemeMenu } from './theme-menu.tsx';
import { useUi } from './ui-store.ts';
import { UserMenu } from './user-menu.tsx';

type Searched = 'orders' | 'products' | 'materials';

const PLACEHOLDERS: Record<Searched, string> = {
  orders: 'Search orders by number, output type or person',
  products: 'Search products by name, PIM-ID or designation',
  materials: 'Search material names',
};

/** Which list the search field filters from here. */
function searchedFrom(view: Route['view']): Searched {
  if (view === 'products' || view === 'product') return 'products';
  return view === 'materials' ? 'materials' : 'orders';
}

export function Header({ me, view }: { me: Me; view: Route['view'] }) {
  return (
    <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line bg-raised px-3 sm:gap-3 sm:px-4">
      <SearchField list={searchedFrom(view)} />
      <div className="flex-1" />
      <ConnectionBadge />
      <ThemeMenu />
      <UserMenu me={me} />
    </header>
  );
}

function SearchField({ list }: { list: Searched }) {
  const text = useUi((state) => state.search[list]);
  const setSearch = useUi((state) => state.setSearch);
  return (
    <div role="search" className="relative w-full max-w-md min-w-0">
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" aria-hidden />
      <input
        id="search"
        type="text"
        role="searchbox"
        autoComplete="off"
        spellCheck={false}
        aria-label={PLACEHOLDERS[list]}
        placeholder={PLACEHOLDERS[list]}
        value={text}
        onChange={(event) => {
          setSearch(list, event.target.value);
          navigate({ view: list });
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setSearch(list, '');
          event.currentTarget.blur();
        }}
        className="h-8 w-full rounded-md border border-line bg-surface pr-18 pl-8 text-sm text-ellipsis placeholder:text-muted"
      />
      {text === '' ? (
        <kbd className="pointer-events-none absolute top-1.5 right-2 hidden rounded border border-line px-1 text-xs text-muted sm:block">
          Ctrl K
        </kbd>
      ) : (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={() => setSearch(list, '')}
          className="absolute top-2 right-2 text-muted hover:text-content"
        >
          <X className="size-4" aria-hidden />
        </button>
      )}
    </div>
  );
}
