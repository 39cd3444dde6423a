import {
  isOrderActionAllowed,
  ORDER_ACTION_STATES,
  type LineCounts,
  type OrderActionKind,
  type OrderStatus,
  type RenderStatus,
} from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';

/**
 * Every state of an order and what may follow it. Nothing else writes `orders.status`; the database holds the same pairs
 * (migration 0010), so that no other way around leads to an illegal state.
 */
export const ORDER_FOLLOWERS: Record<OrderStatus, readonly OrderStatus[]> = {
  draft: ['queued', 'cancelled'],
  queued: ['running', 'done', 'done_with_failures', 'failed', 'cancelling', 'cancelled'],
  running: ['done', 'done_with_failures', 'failed', 'cancelling', 'cancelled'],
  // What was rendering when it was cancelled may still end well.
  cancelling: ['cancelled', 'done', 'done_with_failures', 'failed'],
  done_with_failures: ['queued'],
  failed: ['queued'],
  done: [],
  cancelled: [],
};

/** Every state of a render. One that was given back waits again; an ended one never changes. */
export const RENDER_FOLLOWERS: Record<RenderStatus, readonly RenderStatus[]> = {
  queued: ['running', 'failed', 'cancelled'],
  running: ['queued', 'done', 'failed', 'cancelled'],
  done: [],
  failed: [],
  cancelled: [],
};

/** A line follows its newest render; a retry gives a failed one another. */
export const LINE_FOLLOWERS: Record<RenderStatus, readonly RenderStatus[]> = {
  ...RENDER_FOLLOWERS,
  failed: ['queued'],
};

const VERBS: Record<OrderActionKind, string> = {
  dispatch: 'be dispatched',
  cancel: 'be cancelled',
  retry_failed: 'have its failed renders retried',
  override: 'have its overrides changed',
};

/** Whether an order in this state allows the action; the failure says why not. */
export function allowAction(action: OrderActionKind, order: { number: string; status: OrderStatus }): Result<null> {
  if (isOrderActionAllowed(action, order.status)) return ok(null);
  return fail('illegal_state', `${order.number} is ${spoken(order.status)} and cannot ${VERBS[action]}.`, {
    details: { status: order.status, allowed: [...ORDER_ACTION_STATES[action]] },
  });
}

/** May `to` follow `from`? Staying is always allowed. */
export function mayFollow(from: OrderStatus, to: OrderStatus): boolean {
  return from === to || ORDER_FOLLOWERS[from].includes(to);
}

/** May a render in this state still become that? */
export function mayRenderBecome(from: RenderStatus, to: RenderStatus): boolean {
  return RENDER_FOLLOWERS[from].includes(to);
}

/** The state as it is said to a person. */
export function spoken(status: OrderStatus): string {
  return status.replaceAll('_', ' ');
}

/** The state that follows from an order's state and the states of its lines. */
export function rollUp(status: OrderStatus, lines: LineCounts): OrderStatus {
  if (status === 'draft') return status;
  if (lines.queued + lines.running > 0) return stillOpen(status, lines);
  if (lines.cancelled > 0) return 'cancelled';
  if (lines.failed === 0) return 'done';
  return lines.done === 0 ? 'failed' : 'done_with_failures';
}

function stillOpen(status: OrderStatus, lines: LineCounts): OrderStatus {
  if (status === 'cancelling' || status === 'running') return status;
  return lines.running > 0 ? 'running' : 'queued';
}
