import { create } from 'zustand';
import type { OrderStatus } from '../../../shared/domain/index.ts';

interface OrdersView {
  status: OrderStatus | undefined;
  mine: boolean;
}

/** How the list of orders is filtered; kept while one looks at an order and comes back. */
export const useOrdersView = create<OrdersView>()(() => ({ status: undefined, mine: false }));
