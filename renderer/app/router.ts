import { useMemo, useSyncExternalStore } from 'react';

/** Where the window is. An order goes by its number (or id), a product by its id. */
export type Route =
  | { view: 'orders' }
  | { view: 'order'; id: string }
  | { view: 'products' }
  | { view: 'product'; id: string }
  | { view: 'materials' }
  | { view: 'settings' }
  | { view: 'quick' };

/** `#/orders/SA-2026-00160` -> route; anything unknown is the list of orders. */
export function parseHash(hash: string): Route {
  const [view, id] = hash.replace(/^#\/?/, '').split('/').map(decodeSafely);
  switch (view) {
    case 'orders':
      return id ? { view: 'order', id } : { view: 'orders' };
    case 'products':
      return id ? { view: 'product', id } : { view: 'products' };
    case 'materials':
    case 'settings':
    case 'quick':
      return { view };
    default:
      return { view: 'orders' };
  }
}

function decodeSafely(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Route -> hash; the inverse of `parseHash`. */
export function toHash(route: Route): string {
  if (route.view === 'order') return `#/orders/${encodeURIComponent(route.id)}`;
  if (route.view === 'product') return `#/products/${encodeURIComponent(route.id)}`;
  return `#/${route.view}`;
}

export function navigate(route: Route): void {
  window.location.hash = toHash(route);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The route of the window, following its address. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseHash(hash), [hash]);
}
