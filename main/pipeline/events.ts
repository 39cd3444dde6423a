import { WebSocket } from 'ws';
import type { ConnectionState } from '../../shared/contract/index.ts';
import type { Network } from '../network/index.ts';
import { pipelineEventSchema, type PipelineEvent } from '../../shared/domain/index.ts';

export interface EventStreamOptions {
  /** `ws(s)://…/api/events` as it is now: a restarted pipeline has another port. */
  address: () => URL;
  agents: Network['agents'];
  token: () => string | null;
  /** Called when the stream broke, before it is opened anew. */
  onLost: () => Promise<unknown>;
  onEvent: (event: PipelineEvent) => void;
  onConnection: (state: ConnectionState) => void;
}

export interface EventStream {
  close(): void;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
const PING_MS = 20_000;
const MAX_EVENT_BYTES = 1024 * 1024;

/** Follows the pipeline's events, coming back by itself and asking for what it missed. */
export function openEventStream(options: EventStreamOptions): EventStream {
  let socket: WebSocket | undefined;
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;
  let wait = FIRST_WAIT_MS;
  let staleSince: string | null = null;
  let closed = false;

  const receive = (text: string): void => {
    const event = readEvent(text);
    if (!event) return;
    if ('seq' in event) {
      // `hello` says where the stream stands; what was missed comes after it, so it only starts the count.
      since = event.type === 'hello' ? (since ?? event.seq) : event.seq;
    }
    if (event.type === 'hello') {
      wait = FIRST_WAIT_MS;
      staleSince = null;
      options.onConnection({ state: 'live' });
    }
    options.onEvent(event);
  };

  const lost = (): void => {
    if (closed) return;
    staleSince ??= new Date().toISOString();
    options.onConnection({ state: 'stale', since: staleSince });
    timer = setTimeout(() => void options.onLost().then(connect), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };

  const connect = (): void => {
    const token = options.token();
    // Closed or signed out while it waited.
    if (closed || token === null) return;
    const url = options.address();
    if (since !== undefined) url.searchParams.set('since', String(since));
    socket = openSocket(url, { token, agents: options.agents }, receive, lost);
  };

  connect();
  return {
    close: () => {
      closed = true;
      clearTimeout(timer);
      socket?.terminate();
    },
  };
}

function openSocket(
  url: URL,
  { token, agents }: { token: string; agents: Network['agents'] },
  receive: (text: string) => void,
  lost: () => void,
): WebSocket {
  const headers = { Authorization: `Bearer ${token}` };
  const agent = url.protocol === 'wss:' ? agents.https : agents.http;
  const socket = new WebSocket(url, { agent, headers, followRedirects: false, maxPayload: MAX_EVENT_BYTES });
  let answered = true;
  // A connection whose other end vanished without a word would look alive for many minutes.
  const pings = setInterval(() => {
    if (!answered) socket.terminate();
    answered = false;
    if (socket.readyState === WebSocket.OPEN) socket.ping();
  }, PING_MS);
  pings.unref();
  const alive = (): void => {
    answered = true;
  };
  socket.on('pong', alive);
  socket.on('message', (data) => {
    alive();
    receive(data.toString());
  });
  // An error is always followed by `close`, which is where it is dealt with.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearInterval(pings);
    lost();
  });
  return socket;
}

function readEvent(text: string): PipelineEvent | undefined {
  try {
    const parsed = pipelineEventSchema.safeParse(JSON.parse(text));
    // A kind of event that this version does not know is none of its business.
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
