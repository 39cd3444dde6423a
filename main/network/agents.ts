import { Agent as HttpsAgent } from 'node:https';
import type { ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import { withoutBrackets } from './host.ts';
import type { OpenSecure } from './open-secure.ts';

/** Node's agent for https, with every connection opened our way. Serves the pipeline's client and its event stream. */
export class OpenedAgent extends HttpsAgent {
  readonly #open: OpenSecure;

  constructor(open: OpenSecure) {
    super({ keepAlive: true });
    this.#open = open;
  }

  override createConnection(
    options: ClientRequestArgs,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | null | undefined {
    const host = withoutBrackets(options.host ?? options.hostname ?? '');
    this.#open(host, Number(options.port) || 443).then(
      (socket) => callback?.(null, socket),
      // Node looks at the error first and never at the socket beside it.
      (error: unknown) => (callback as ((error: unknown) => void) | undefined)?.(error),
    );
    return undefined;
  }
}
