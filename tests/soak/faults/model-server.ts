import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { goodAnswer, type Answer } from './wire.ts';

/** A model endpoint that answers as it is told. */
export interface ModelServer {
  readonly origin: string;
  /** From now on every request is answered like this. */
  answerWith(answer: Answer): void;
  /** Requests since the last `answerWith`. */
  requests(): number;
  close(): Promise<void>;
}

/** Starts a model endpoint on a free loopback port. */
export async function startModelServer(): Promise<ModelServer> {
  let answer: Answer = goodAnswer;
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    // A desk that hung up early is part of the game.
    response.on('error', () => undefined);
    request.resume().on('end', () => void answer(response, request));
  });
  const { port } = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    answerWith: (next) => {
      answer = next;
      requests = 0;
    },
    requests: () => requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<AddressInfo> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo)));
}
