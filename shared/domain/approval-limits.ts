import { changedItems, type Effect } from './effect.ts';
import type { TenantConfig } from './tenant.ts';

type Limits = Pick<TenantConfig['approval'], 'max_renders' | 'max_orders'>;

/**
 * Is a change larger than what the tenant lets pass unasked? The desk goes by this, the pipeline checks it again where a standing
 * approval is spent, and the window offers one only below it. `max_renders` is held against what the change makes, touches or ends,
 * `max_orders` against its orders. A change whose orders are not counted is above every limit.
 */
export function isAboveLimits(effect: Effect, limits: Limits): boolean {
  const orders = effect.counts['orders'];
  return orders === undefined || orders > limits.max_orders || changedItems(effect) > limits.max_renders;
}
