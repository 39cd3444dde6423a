import { MaterialsPage } from '../features/materials/materials-page.tsx';
import { OrderPage } from '../features/orders/order-page.tsx';
import { OrdersPage } from '../features/orders/orders-page.tsx';
import { ProductPage } from '../features/products/product-page.tsx';
import { ProductsPage } from '../features/products/products-page.tsx';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import type { Route } from './router.ts';

/** The view of a route; a page starts anew with another order or product. */
export function View({ route }: { route: Route }) {
  switch (route.view) {
    case 'orders':
      return <OrdersPage />;
    case 'order':
      return <OrderPage key={route.id} id={route.id} />;
    case 'products':
      return <ProductsPage />;
    case 'product':
      return <ProductPage key={route.id} id={route.id} />;
    case 'materials':
      return <MaterialsPage />;
    case 'settings':
      return <SettingsPage />;
    case 'quick':
      return null;
  }
}
