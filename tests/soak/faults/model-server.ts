import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { goodAnswer, type Answer } from './wire.ts';

/** A model endpoint that answers as it is told. */
export interface ModelServer {
  readonly origin: string;
  /** From now on every request is answered like this. */
  answerWith(answer: Answer): void;
  /** From now on the requests are answered one after another like this, the last answer for all further ones. */
  answerInTurn(answers: readonly Answer[]): void;
  /** Requests since the last `answerWith` or `answerInTurn`. */
  requests(): number;
  /** Their bodies. */
  bodies(): readonly unknown[];
  close(): Promise<void>;
}

/** Starts a model endpoint on a free loopback port. */
export async function startModelServer(): Promise<ModelServer> {
  let answers: readonly Answer[] = [goodAnswer];
  let bodies: unknown[] = [];
  const server = createServer((request, response) => {
    // A desk that hung up early is part of the game.
    response.on('error', () => undefined);
    void json(request).then((body) => {
      const answer = answers[Math.min(bodies.length, answers.length - 1)];
      bodies.push(body);
      return answer?.(response, request);
    });
  });
  const answerInTurn = (next: readonly Answer[]): void => {
    answers = next;
    bodies = [];
  };
  const { port } = await listen(server);
  return {
    origin: `http://127.0.0.1:${port}`,
    answerWith: (next) => answerInTurn([next]),
    answerInTurn,
    requests: () => bodies.length,
    bodies: () => bodies,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server): Promise<AddressInfo> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo)));
}
