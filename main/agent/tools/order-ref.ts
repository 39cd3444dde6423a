import { z } from 'zod';
import type { Order } from '../../../shared/domain/index.ts';
import { fail, type Result } from '../../../shared/errors/index.ts';
import type { ToolContext } from './tool.ts';

/** How a model names an order. */
export const orderRef = z.string().trim().min(1).max(64).describe('Order number like SA-2026-00160, or order id');

/** The order that is meant; `last` is the newest one of the signed-in user. */
export async function findOrder(ref: string, { pipeline, signal }: ToolContext): Promise<Result<Order>> {
  if (ref.toLowerCase() !== 'last') return pipeline.read.order(ref, signal);
  const orders = await pipeline.read.orders({ mine: true, limit: 1 }, signal);
  if (!orders.ok) return orders;
  const newest = orders.value.items[0];
  return newest ? { ok: true, value: newest } : fail('not_found', 'There is no order of this user yet.');
}
