import WebSocket from 'ws';
import type { Place } from './place.ts';

/** A listener that comes back with the last number after every break, as a desk does. */
export interface EventListener {
  /** Numbers that came twice, out of order or after a gap. */
  readonly problems: string[];
  /** The last number it got. */
  last(): number;
  stop(): void;
}

/** Listens from now on. */
export function keepListening(place: Place, token: string): EventListener {
  const state = { last: -1, stopped: false, socket: undefined as WebSocket | undefined };
  const problems: string[] = [];
  const connect = (): void => {
    if (state.stopped) return;
    const since = state.last < 0 ? '' : `?since=${state.last}`;
    const headers = { authorization: `Bearer ${token}` };
    const socket = new WebSocket(`${place.origin().replace('http', 'ws')}/api/events${since}`, { headers });
    state.socket = socket;
    socket.on('message', (data: Buffer) => {
      const event = JSON.parse(data.toString()) as { type: string; seq?: number };
      if (event.seq === undefined) return;
      if (event.type === 'hello') {
        if (state.last < 0) state.last = event.seq;
        return;
      }
      if (event.type === 'reload') problems.push(`reload at ${event.seq} though all is kept`);
      else if (event.seq !== state.last + 1) problems.push(`event ${event.seq} came after ${state.last}`);
      state.last = event.seq;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => setTimeout(connect, 200));
  };
  connect();
  return {
    problems,
    last: () => state.last,
    stop: () => {
      state.stopped = true;
      state.socket?.terminate();
    },
  };
}
