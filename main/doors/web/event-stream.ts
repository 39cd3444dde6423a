import type { FastifyReply } from 'fastify';
import type { TurnEvent } from '../../../shared/contract/index.ts';

const PING_MS = 15_000;

/** A turn's events as server-sent events; nothing is sent before the first one, so that a refusal keeps its status. */
export interface EventStreamReply {
  send(event: TurnEvent): void;
  /** false where no event was sent and the answer is still open. */
  end(): boolean;
}

/** Writes the events of one turn to a reply. A reader who leaves does not end the turn: it belongs to the desk. */
export function eventStreamReply(reply: FastifyReply): EventStreamReply {
  const { raw } = reply;
  let pings: NodeJS.Timeout | undefined;

  const start = (): void => {
    reply.hijack();
    raw.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    // A rate limit can keep a turn silent for a minute; proxies and clients take silence for death.
    pings = setInterval(() => raw.write(': still here\n\n'), PING_MS);
    raw.on('close', () => clearInterval(pings));
  };

  return {
    send: (event) => {
      if (!pings) start();
      if (raw.writable) raw.write(`event: ${event.type}\ndata: ${JSON.stringify(dataOf(event))}\n\n`);
    },
    end: () => {
      if (!pings) return false;
      clearInterval(pings);
      raw.end();
      return true;
    },
  };
}

/** The event's own fields; of `turn.ended` the very body that the JSON form of the request answers with. */
function dataOf(event: TurnEvent): unknown {
  if (event.type === 'turn.ended') return event.outcome;
  const { type: _type, ...data } = event;
  return data;
}
