import { useEffect, useState } from 'react';
import type { Me } from '../../shared/domain/index.ts';
import { ChatDock } from '../features/chat/chat-dock.tsx';
import { Header } from './header.tsx';
import { useRoute, type Route } from './router.ts';
import { ShortcutOverlay } from './shortcut-overlay.tsx';
import { Sidebar } from './sidebar.tsx';
import { useShortcuts } from './shortcuts.ts';
import { View } from './view.tsx';

const TITLES: Record<Route['view'], string> = {
  orders: 'Orders',
  order: 'Order',
  products: 'Products',
  product: 'Product',
  materials: 'Materials',
  settings: 'Settings',
  quick: 'Quick command',
};

/** The console: ways on the left, the view in the middle, the assistant docked on the right. */
export function Shell({ me }: { me: Me }) {
  const route = useRoute();
  const [help, setHelp] = useState(false);
  useShortcuts(me.tenant.ai_enabled, () => setHelp(true));
  useEffect(() => {
    document.title = `${'id' in route && route.view === 'order' ? route.id : TITLES[route.view]} · Renderdesk`;
  }, [route]);
  return (
    <div className="flex h-full">
      <a
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById('main')?.focus();
        }}
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <Sidebar view={route.view} onHelp={() => setHelp(true)} />
      <div className="flex min-w-0 flex-1 flex-col">
        <Header me={me} view={route.view} />
        <main id="main" tabIndex={-1} className="@container/main min-h-0 flex-1 outline-none">
          <View route={route} />
        </main>
      </div>
      {me.tenant.ai_enabled ? <ChatDock route={route} /> : null}
      {help ? <ShortcutOverlay onClose={() => setHelp(false)} /> : null}
    </div>
  );
}
