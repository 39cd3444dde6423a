import { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { OpenedAgent } from './agents.ts';
import { inBrackets, isLoopback } from './host.ts';
import { isExempt, NO_NETWORK_SETTINGS, type NetworkSettings } from './network-settings.ts';
import { createNodeFetch } from './node-fetch.ts';
import { createOpenSecure } from './open-secure.ts';
import { proxyInList } from './proxy-list.ts';
import { createTrust } from './trust.ts';

type Fetch = typeof globalThis.fetch;

/** The network stack that a shell brings: Chromium's, with the system's proxies, sign-ins and certificates. */
export interface ShellStack {
  fetch: Fetch;
  /** The proxies for an address as a PAC file would say it: `PROXY host:port; DIRECT`. */
  resolveProxy: (url: string) => Promise<string>;
}

/** The only way out of the desk: for the model, the pipeline and the pipeline's events. */
export interface Network {
  /** Follows no redirect and sends no cookies, whatever it is asked. */
  fetch: Fetch;
  /** For Node's own HTTP clients, with the same proxy and the same trust as `fetch`. */
  agents: { http: HttpAgent; https: HttpsAgent };
  /** Must requests to this address go through `fetch`, for only the shell's stack finds the way? */
  needsFetch(url: URL): boolean;
  close(): Promise<void>;
}

/**
 * Makes the desk's network. On this machine connections are direct, never through a proxy. Beyond it the shell's stack is used
 * where there is one and no setting says otherwise; else Node's, with the proxy and the certificates of the settings.
 * Variables like HTTP_PROXY are not looked at here.
 */
export function createNetwork(settings: NetworkSettings, stack?: ShellStack): Network {
  const shell = settings.proxy || settings.ca ? undefined : stack;
  const open = createOpenSecure({
    proxyFor: proxyFinder(settings, stack),
    trust: createTrust(settings.ca?.pem ?? null),
  });
  const node = createNodeFetch(open);
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new OpenedAgent(open) };
  const fetchBeyond = shell?.fetch ?? node.fetch;
  const fetchHere = isFetchLedAway() ? node.fetch : globalThis.fetch;
  return {
    fetch: (input, init) => {
      const { hostname, protocol } = addressOf(input);
      const fetchLocal = protocol === 'http:' ? fetchHere : node.fetch;
      const fetch = isLoopback(hostname) ? fetchLocal : fetchBeyond;
      return fetch(input, { ...init, redirect: 'error', credentials: 'omit' });
    },
    agents,
    needsFetch: ({ hostname }) => shell !== undefined && !isLoopback(hostname),
    close: async () => {
      agents.http.destroy();
      agents.https.destroy();
      await node.close();
    },
  };
}

function addressOf(input: Parameters<Fetch>[0]): URL {
  if (input instanceof URL) return input;
  return new URL(typeof input === 'string' ? input : input.url);
}

function proxyFinder({ proxy, noProxy }: NetworkSettings, stack: ShellStack | undefined) {
  return async (host: string, port: number): Promise<URL | null> => {
    if (isLoopback(host) || isExempt(host, noProxy)) return null;
    if (proxy) return proxy;
    if (!stack) return null;
    return proxyInList(await stack.resolveProxy(`https://${inBrackets(host)}:${String(port)}/`));
  };
}

/** NODE_USE_ENV_PROXY=1 leads Node's own fetch, even on this machine, to the proxy that HTTP_PROXY names. */
function isFetchLedAway(): boolean {
  const { NODE_USE_ENV_PROXY: wanted, NODE_OPTIONS: options = '' } = process.env;
  return wanted === '1' || [...process.execArgv, options].some((text) => text.includes('use-env-proxy'));
}

/** A network without proxy and company certificates, where no settings are known. */
export function directNetwork(): Network {
  return createNetwork(NO_NETWORK_SETTINGS);
}
