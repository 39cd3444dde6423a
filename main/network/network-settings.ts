import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/errors/index.ts';
import { parseJson } from '../../shared/json/index.ts';
import { checkCertificates } from './trust.ts';

/** How the desk reaches the network beyond this machine. */
export interface NetworkSettings {
  /** `http(s)://[user:password@]host:port`; null: no proxy, or in the shell the system's. */
  proxy: URL | null;
  /** Hosts that are reached without the proxy; `.example` and `*.example` stand for everything under it. */
  noProxy: readonly string[];
  /** Certificates of the company's own authorities (PEM), beside the system's; null: none. */
  ca: { file: string; pem: string } | null;
}

export const NO_NETWORK_SETTINGS: NetworkSettings = { proxy: null, noProxy: [], ca: null };

const fileSchema = z
  .object({
    /** An address, `none`, or `environment`: what HTTPS_PROXY and NO_PROXY say. */
    proxy: z.string().max(500).nullish(),
    no_proxy: z.array(z.string().min(1).max(253)).max(200).nullish(),
    ca_file: z.string().min(1).max(4096).nullish(),
  })
  .strict();

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The settings of this machine: RENDERDESK_PROXY, RENDERDESK_NO_PROXY and RENDERDESK_CA_FILE, else `file` (`DATA/network.json`).
 * HTTPS_PROXY and the like count only where the setting says `environment`. A setting that cannot be used is a failure: going
 * on without it could send traffic where nobody wanted it.
 */
export function readNetworkSettings(file: string, env: Env): Result<NetworkSettings> {
  const stored = readFileSettings(file);
  if (!stored.ok) return stored;
  const wanted = env['RENDERDESK_PROXY'] || stored.value.proxy || 'none';
  const isFromFile = !env['RENDERDESK_PROXY'];
  const listed = env['RENDERDESK_NO_PROXY']?.split(',') ?? stored.value.no_proxy ?? [];
  const isEnvironment = wanted === 'environment';
  const address = isEnvironment ? (env['HTTPS_PROXY'] ?? env['https_proxy'] ?? '') : wanted;
  const proxy = readProxy(address, isFromFile && !isEnvironment ? file : null);
  if (!proxy.ok) return proxy;
  const ambient = isEnvironment ? (env['NO_PROXY'] ?? env['no_proxy'] ?? '').split(',') : [];
  const ca = readAuthorities(env['RENDERDESK_CA_FILE'] || stored.value.ca_file || null);
  if (!ca.ok) return ca;
  const noProxy = [...listed, ...ambient].map((host) => host.trim().toLowerCase()).filter((host) => host !== '');
  return ok({ proxy: proxy.value, noProxy, ca: ca.value });
}

function readFileSettings(file: string): Result<z.infer<typeof fileSchema>> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    // No file: nothing was ever set.
    return ok({});
  }
  const parsed = fileSchema.safeParse(parseJson(text));
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  return fail(
    'network_misconfigured',
    `${file} cannot be used: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
  );
}

/** `file`: where the address stands in plain text, so that no password may be in it. */
function readProxy(address: string, file: string | null): Result<URL | null> {
  if (address === '' || address === 'none') return ok(null);
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    return fail('network_misconfigured', 'The proxy must be an address like http://proxy.example:3128, or "none".');
  }
  if (file !== null && (url.username !== '' || url.password !== '')) {
    return fail('network_misconfigured', `A password has no place in ${file}. Give the proxy with RENDERDESK_PROXY.`);
  }
  return ok(url);
}

function readAuthorities(file: string | null): Result<NetworkSettings['ca']> {
  if (file === null) return ok(null);
  let pem: string;
  try {
    pem = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return fail('network_misconfigured', `The certificates in ${file} cannot be read (${why}).`);
  }
  const checked = checkCertificates(file, pem);
  return checked.ok ? ok({ file, pem }) : checked;
}

/** Is this host to be reached without the proxy? */
export function isExempt(hostname: string, noProxy: readonly string[]): boolean {
  const host = hostname.toLowerCase();
  return noProxy.some((entry) => {
    const domain = entry.replace(/^\*?\./, '');
    return entry === '*' || host === domain || host.endsWith(`.${domain}`);
  });
}
