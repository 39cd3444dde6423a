import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { OrderAction } from '../../../shared/contract/index.ts';
import type { NewOrder, Order } from '../../../shared/domain/index.ts';
import { ask } from '../../desk/client.ts';
import { orderKeys } from './queries.ts';

function takeOrder(client: QueryClient, order: Order): void {
  client.setQueryData(orderKeys.detail(order.number), order);
  void client.invalidateQueries({ queryKey: orderKeys.lists });
  void client.invalidateQueries({ queryKey: orderKeys.history(order.number) });
  void client.invalidateQueries({ queryKey: orderKeys.check(order.number) });
}

/** Works out and does one change of an order; each as a function of the snapshot that was shown. */
export function useOrderAction(ref: string) {
  const client = useQueryClient();
  return {
    preview: (action: OrderAction) => ask('orders.preview', { ref, action }),
    act: async (action: OrderAction, snapshot: string) => {
      const result = await ask('orders.act', { ref, action, snapshot });
      if (result.ok) {
        takeOrder(client, result.value);
        void client.invalidateQueries({ queryKey: ['orders', 'lines', ref] });
      }
      return result;
    },
  };
}

/** Works out and creates an order. */
export function useCreateOrder() {
  const client = useQueryClient();
  return {
    preview: (order: NewOrder) => ask('orders.preview_create', order),
    create: async (order: NewOrder, snapshot: string) => {
      const result = await ask('orders.create', { order, snapshot });
      if (result.ok) takeOrder(client, result.value);
      return result;
    },
  };
}
