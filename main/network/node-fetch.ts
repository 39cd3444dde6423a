import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import { withoutBrackets } from './host.ts';
import type { OpenSecure } from './open-secure.ts';

type Fetch = typeof globalThis.fetch;

/** How long an answer may be silent; the callers' own watchdogs are shorter. */
const SILENCE_MS = 300_000;

/** Node's fetch with every connection opened our way. undici is loaded with the first request beyond this machine. */
export function createNodeFetch(open: OpenSecure): { fetch: Fetch; close: () => Promise<void> } {
  let loaded: Promise<{ fetch: Fetch; dispatcher: Dispatcher }> | undefined;
  const load = async (): Promise<{ fetch: Fetch; dispatcher: Dispatcher }> => {
    const { Agent, fetch } = await import('undici');
    const dispatcher = new Agent({
      headersTimeout: SILENCE_MS,
      bodyTimeout: SILENCE_MS,
      connect: ({ protocol, hostname, port }, callback) => {
        const host = withoutBrackets(hostname);
        const opened = protocol === 'https:' ? open(host, Number(port) || 443) : openPlain(host, Number(port) || 80);
        opened.then(
          (socket) => callback(null, socket),
          (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), null),
        );
      },
    });
    // The package's fetch is the one Node has built in; only their types don't know each other.
    return { fetch: fetch as unknown as Fetch, dispatcher };
  };
  return {
    fetch: async (input, init) => {
      const { fetch, dispatcher } = await (loaded ??= load());
      const withDispatcher: RequestInit & { dispatcher: Dispatcher } = { ...init, dispatcher };
      return fetch(input, withDispatcher as RequestInit);
    },
    close: async () => {
      if (loaded) await (await loaded).dispatcher.destroy();
    },
  };
}

/** Plain http is for this machine only; addresses are checked before they get here. */
async function openPlain(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port });
  await once(socket, 'connect');
  return socket.setNoDelay(true);
}
