import type { Session } from 'electron';
import type { ShellStack } from '../network/index.ts';

/**
 * Chromium's network stack for the desk: the system's proxies with their sign-ins, the system's certificates. `session` is
 * one of its own, kept in memory: that of the windows lets nothing out, and this one shares no cookies with anybody.
 */
export function createNetworkStack(session: Pick<Session, 'fetch' | 'resolveProxy'>): ShellStack {
  return {
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      // Chromium's fetch also reads files and our own scheme.
      if (!url.startsWith('https://')) throw new TypeError('Only https addresses are fetched.');
      return session.fetch(input instanceof Request ? input : url, init);
    },
    resolveProxy: (url) => session.resolveProxy(url),
  };
}
