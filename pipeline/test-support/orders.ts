import { isFinalOrderStatus, orderSchema, pageOf, productSchema, type Order } from '../../shared/domain/index.ts';
import type { Client } from './client.ts';

/** Ids of the first products that the query finds. */
export async function productIds(client: Client, query: string): Promise<string[]> {
  const page = await client.read(pageOf(productSchema), `/products?${query}`);
  return page.items.map((product) => product.id);
}

/** Waits until the order has come to its end. */
export async function untilFinished(client: Client, ref: string, timeoutMs = 15_000): Promise<Order> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const order = await client.read(orderSchema, `/orders/${ref}`);
    if (isFinalOrderStatus(order.status)) return order;
    if (Date.now() > deadline) throw new Error(`${ref} is still ${order.status}: ${JSON.stringify(order.lines)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
