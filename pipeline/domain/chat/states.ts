import type { MessageStatus, ToolCallState } from '../../../shared/domain/index.ts';

/** Every state of a tool call and what may follow it. A read goes straight from proposed to running. */
const FOLLOWERS: Record<ToolCallState, readonly ToolCallState[]> = {
  proposed: ['awaiting', 'approved', 'running', 'done', 'failed', 'rejected', 'cancelled', 'expired', 'unknown'],
  awaiting: ['approved', 'rejected', 'expired', 'cancelled', 'failed'],
  // Back to a person: its approval grew old or its snapshot moved before it ran.
  approved: ['running', 'awaiting', 'failed', 'cancelled', 'expired', 'rejected', 'unknown'],
  running: ['done', 'failed', 'unknown', 'cancelled', 'awaiting'],
  // What became of it was found out later.
  unknown: ['done', 'failed', 'awaiting'],
  done: [],
  failed: [],
  rejected: [],
  expired: [],
  cancelled: [],
};

/** May a tool call go from one state to another? Staying rewrites its fields. */
export function mayCallGo(from: ToolCallState, to: ToolCallState): boolean {
  return from === to || FOLLOWERS[from].includes(to);
}

/** What a message says of the turn it records, as far as writing to it goes. */
export interface TurnHold {
  status: MessageStatus;
  deskId: string | null;
  leaseUntil: Date | null;
}

/**
 * May this desk write the message? The desk that holds it may. Another one may take over a turn that is not over and
 * whose lease ran out; the row's lock makes the first one win, and its own lease then keeps the others out.
 */
export function mayWrite(stored: TurnHold, deskId: string | null, now: Date): boolean {
  if (stored.deskId === null || stored.deskId === deskId) return true;
  const open = stored.status === 'running' || stored.status === 'waiting';
  return open && (stored.leaseUntil === null || stored.leaseUntil <= now);
}
