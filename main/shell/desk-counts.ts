import type { DeskPush } from '../../shared/contract/index.ts';
import type { Desk } from '../desk-types.ts';

/** What the tray shows of the desk; null: not known, for nobody is signed in or the pipeline can't be reached. */
export interface DeskCounts {
  approvals: number | null;
  runningOrders: number | null;
}

/** Several changes in a row are one look. */
const SETTLE_MS = 400;

/** Tells the counts now and after each change of the desk that may move them; returns its end. */
export function watchDeskCounts(desk: Desk, onCounts: (counts: DeskCounts) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const look = async () => {
    const counts = await countDesk(desk);
    if (!ended) onCounts(counts);
  };
  const lookSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void look(), SETTLE_MS);
  };
  const unlisten = desk.onPush((push) => {
    if (movesCounts(push)) lookSoon();
  });
  void look();
  return () => {
    ended = true;
    clearTimeout(timer);
    unlisten();
  };
}

async function countDesk(desk: Desk): Promise<DeskCounts> {
  const [approvals, orders] = await Promise.all([
    desk.call('chat.approvals', {}),
    desk.call('orders.list', { status: 'running', limit: 1 }),
  ]);
  return {
    approvals: approvals.ok ? approvals.value.length : null,
    runningOrders: orders.ok ? orders.value.total : null,
  };
}

function movesCounts(push: DeskPush): boolean {
  if (push.type === 'pipeline.event') return push.event.type === 'order.changed' || push.event.type === 'reload';
  if (push.type === 'turn.event') return push.event.type !== 'text.delta';
  return push.type === 'desk.state' || push.type === 'connection';
}
