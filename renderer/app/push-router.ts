import type { QueryClient } from '@tanstack/react-query';
import type { DeskPush } from '../../shared/contract/index.ts';
import type { PipelineEvent } from '../../shared/domain/index.ts';
import { onPush } from '../desk/client.ts';
import { useConnection } from '../desk/connection.ts';
import { takeDeskState } from '../desk/take-state.ts';
import { openSession } from '../features/chat/chat-store.ts';
import { takeQueue } from '../features/chat/queue.ts';
import { takeTurnEvent } from '../features/chat/turn-events.ts';
import { applyPipelineEvents } from './pipeline-events.ts';
import { navigate, parseHash, type Route } from './router.ts';
import { useUi } from './ui-store.ts';

/** Events of the pipeline are taken in at most this often, so that a storm costs a window little. */
const BATCH_MS = 120;

function routeOf(push: Extract<DeskPush, { type: 'navigate' }>): Route {
  if (push.view === 'order') return push.id ? { view: 'order', id: push.id } : { view: 'orders' };
  if (push.view === 'product') return push.id ? { view: 'product', id: push.id } : { view: 'products' };
  return { view: push.view };
}

/** Brings the desk's pushes to where they belong: caches, live turns, connection, address. Returns the unlisten. */
export function startPushes(client: QueryClient): () => void {
  let batch: PipelineEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    const events = batch;
    batch = [];
    applyPipelineEvents(client, events);
  };
  const unlisten = onPush((push) => {
    switch (push.type) {
      case 'pipeline.event':
        batch.push(push.event);
        timer ??= setTimeout(flush, BATCH_MS);
        break;
      case 'turn.event':
        takeTurnEvent(client, push.session_id, push.event);
        break;
      case 'chat.queue':
        takeQueue(client, push.queue);
        break;
      case 'desk.state':
        takeDeskState(client, push.state);
        break;
      case 'connection':
        useConnection.setState({ connection: push.connection });
        break;
      case 'navigate':
        // The quick command's window stays what it is.
        if (parseHash(window.location.hash).view !== 'quick') navigate(routeOf(push));
        break;
      case 'chat.show':
        if (push.session_id !== null) openSession(push.session_id);
        useUi.getState().setChatOpen(!(push.toggle && useUi.getState().chatOpen));
        break;
    }
  });
  return () => {
    clearTimeout(timer);
    unlisten();
  };
}
