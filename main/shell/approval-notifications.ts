import { Notification } from 'electron';
import type { PendingApproval } from '../../shared/contract/index.ts';
import type { Desk } from '../desk-types.ts';
import { fitsNotification } from './fits-notification.ts';

export interface NotificationContext {
  desk: Desk;
  /** Nothing is shown while a person looks at one of our windows. */
  anyFocused: () => boolean;
  openChat: (sessionId: string) => void;
  /** Buttons on notifications; Linux has none in Electron. */
  actions: boolean;
  log: (line: string) => void;
}

/** Tells of changes that wait for a person while no window is looked at; returns its end. */
export function notifyOfApprovals(context: NotificationContext): () => void {
  const shown = new Map<string, Notification>();
  const unlisten = context.desk.onPush((push) => {
    if (push.type !== 'turn.event') return;
    if (push.event.type === 'approval.requested' && !context.anyFocused() && Notification.isSupported()) {
      show(context, push.event.approval, shown);
    }
    // Decided elsewhere, or the turn is over: what is left on the screen would be out of date.
    if (push.event.type === 'tool.finished' || push.event.type === 'tool.started') take(shown, push.event.call.id);
  });
  return () => {
    unlisten();
    for (const id of [...shown.keys()]) take(shown, id);
  };
}

function take(shown: Map<string, Notification>, id: string): void {
  shown.get(id)?.close();
  shown.delete(id);
}

function show(context: NotificationContext, approval: PendingApproval, shown: Map<string, Notification>): void {
  const decidable = context.actions && fitsNotification(approval, new Date());
  const notification = new Notification({
    title: 'A change waits for your approval',
    body: approval.effect.summary,
    ...(decidable ? { actions: [{ type: 'button', text: 'Approve' }] } : {}),
  });
  // Kept while it is on the screen: a collected notification loses its listeners.
  shown.set(approval.id, notification);
  notification.on('close', () => shown.delete(approval.id));
  notification.on('click', () => context.openChat(approval.session_id));
  if (decidable) notification.on('action', () => void approve(context, approval));
  notification.show();
}

async function approve(context: NotificationContext, approval: PendingApproval): Promise<void> {
  const decided = fitsNotification(approval, new Date())
    ? await context.desk.call('chat.decide', { id: approval.id, decision: 'approve', shown: approval.shown })
    : null;
  if (decided?.ok) return;
  context.log(`an approval from a notification was not taken: ${decided?.failure.code ?? 'expired'}`);
  context.openChat(approval.session_id);
}
