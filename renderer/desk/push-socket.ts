import type { DeskPush } from '../../shared/contract/index.ts';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export interface PushSocket {
  /** Opens the socket with the first listener and closes it with the last. */
  listen(listener: (push: DeskPush) => void): () => void;
}

/**
 * The desk's pushes over a WebSocket that comes back by itself. While it is broken listeners are told `stale`; after
 * a break they are told to reload, for nobody knows what was missed.
 */
export function createPushSocket(address: string): PushSocket {
  const listeners = new Set<(push: DeskPush) => void>();
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let brokenSince: string | null = null;

  const tell = (push: DeskPush) => listeners.forEach((listener) => listener(push));

  function onOpen(): void {
    wait = FIRST_WAIT_MS;
    if (brokenSince !== null) tell({ type: 'pipeline.event', event: { type: 'reload', seq: 0 } });
    brokenSince = null;
    tell({ type: 'connection', connection: { state: 'live' } });
  }

  function onClose(): void {
    socket = null;
    if (listeners.size === 0) return;
    brokenSince ??= new Date().toISOString();
    tell({ type: 'connection', connection: { state: 'stale', since: brokenSince } });
    timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }

  function open(): void {
    socket = new WebSocket(address);
    socket.onopen = onOpen;
    socket.onclose = onClose;
    // Our own desk sends JSON only; anything else is a bug that should be seen.
    socket.onmessage = (event: MessageEvent<string>) => tell(JSON.parse(event.data) as DeskPush);
  }

  return {
    listen(listener) {
      listeners.add(listener);
      if (socket === null && timer === undefined) open();
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearTimeout(timer);
        timer = undefined;
        if (socket !== null) socket.onclose = null;
        socket?.close();
        socket = null;
      };
    },
  };
}
