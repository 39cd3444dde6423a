import { expect, it } from 'vitest';
import { parseHash, toHash, type Route } from './router.ts';

const ROUTES: Route[] = [
  { view: 'orders' },
  { view: 'order', id: 'SA-2026-00160' },
  { view: 'products' },
  { view: 'product', id: 'a/b ü#?' },
  { view: 'materials' },
  { view: 'settings' },
  { view: 'quick' },
];

it.each(ROUTES)('writes and reads $view', (route) => {
  expect(parseHash(toHash(route))).toEqual(route);
});

it('shows the orders for an address it does not know', () => {
  for (const hash of ['', '#', '#/nowhere', '#/%E0%A4%A', '#javascript:alert(1)']) {
    expect(parseHash(hash)).toEqual({ view: 'orders' });
  }
});
