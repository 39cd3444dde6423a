import { ClipboardList, Keyboard, Package, Palette, Settings, type LucideIcon } from 'lucide-react';
import { cx } from '../components/cx.ts';
import { Link } from '../components/link.tsx';
import { UnmappedBadge } from '../features/materials/unmapped-badge.tsx';
import { Mark } from './mark.tsx';
import type { Route } from './router.ts';

const WAYS: { to: Route; label: string; icon: LucideIcon; views: Route['view'][] }[] = [
  { to: { view: 'orders' }, label: 'Orders', icon: ClipboardList, views: ['orders', 'order'] },
  { to: { view: 'products' }, label: 'Products', icon: Package, views: ['products', 'product'] },
  { to: { view: 'materials' }, label: 'Materials', icon: Palette, views: ['materials'] },
  { to: { view: 'settings' }, label: 'Settings', icon: Settings, views: ['settings'] },
];

/** The ways through the console; a rail of icons where the window is narrow. */
export function Sidebar({ view, onHelp }: { view: Route['view']; onHelp: () => void }) {
  return (
    <nav aria-label="Main" className="flex w-13 shrink-0 flex-col border-r border-line bg-raised lg:w-48">
      <div className="flex h-13 items-center gap-2.5 px-3 lg:px-4">
        <Mark />
        <span className="hidden text-[0.9375rem] font-semibold tracking-tight lg:block">Renderdesk</span>
      </div>
      <ul className="flex-1 space-y-0.5 p-2">
        {WAYS.map(({ to, label, icon: Icon, views }) => {
          const here = views.includes(view);
          return (
            <li key={label}>
              <Link
                to={to}
                title={label}
                aria-current={here ? 'page' : undefined}
                className={cx(
                  'flex h-9 items-center gap-2.5 rounded-md px-2.5 font-medium transition-colors',
                  here ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-sunken hover:text-content',
                )}
              >
                <Icon className="size-4.5 shrink-0" aria-hidden />
                <span className="max-lg:sr-only">{label}</span>
                {to.view === 'materials' ? <UnmappedBadge /> : null}
              </Link>
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        onClick={onHelp}
        title="Keyboard shortcuts (?)"
        className="m-2 flex h-9 items-center gap-2.5 rounded-md px-2.5 text-muted hover:bg-sunken hover:text-content"
      >
        <Keyboard className="size-4.5 shrink-0" aria-hidden />
        <span className="max-lg:sr-only">Shortcuts</span>
      </button>
    </nav>
  );
}
