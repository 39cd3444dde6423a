import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { BlockList, isIP } from 'node:net';
import os from 'node:os';
import { UsageError } from './arguments.ts';

/** How the pipeline is reached from outside. */
export interface Hosting {
  /** Files of the certificate (with its chain) and its key; without them it speaks plain HTTP. */
  tls?: { cert: string; key: string };
  /** Addresses and networks of the proxies that speak for others; only theirs may connect, beside this machine. */
  proxies?: readonly string[];
}

/** What the server needs to speak TLS. */
export interface TlsMaterial {
  cert: Buffer;
  key: Buffer;
}

const LOOPBACK: readonly string[] = ['127.0.0.1', '::1', 'localhost'];
/** A proxy on this machine is always one. */
const LOCAL_PROXIES: readonly string[] = ['127.0.0.0/8', '::1/128'];

/**
 * Reads how the pipeline is hosted. Beyond this machine it speaks TLS, its own or a proxy's before it: a token that goes
 * over a network in the clear is anybody's. Throws UsageError.
 */
export function readHosting(given: {
  host: string;
  'tls-cert'?: string | undefined;
  'tls-key'?: string | undefined;
  'behind-proxy': boolean;
  'proxy-addresses'?: string | undefined;
}): Hosting {
  const { host, 'tls-cert': cert, 'tls-key': key, 'behind-proxy': behindProxy, 'proxy-addresses': addresses } = given;
  if (isIP(host) === 0 && host !== 'localhost') throw new UsageError(`--host: ${host} is no address of a machine.`);
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--tls-cert and --tls-key belong together.');
  if (addresses !== undefined && !behindProxy) throw new UsageError('--proxy-addresses needs --behind-proxy.');
  if (!LOOPBACK.includes(host) && cert === undefined && !behindProxy) {
    throw new UsageError(
      `--host ${host} is reached from other machines, and a token must not cross a network in the clear. ` +
        'Give --tls-cert and --tls-key, or --behind-proxy where a proxy speaks TLS before it.',
    );
  }
  return {
    ...(cert === undefined || key === undefined ? {} : { tls: { cert, key } }),
    ...(behindProxy ? { proxies: [...LOCAL_PROXIES, ...readNetworks(addresses ?? '')] } : {}),
  };
}

function readNetworks(text: string): string[] {
  const networks = text.split(',').filter((part) => part !== '');
  const wrong = networks.find((network) => !isNetwork(network));
  if (wrong !== undefined)
    throw new UsageError(`--proxy-addresses: ${wrong} is no address and no network (10.0.0.0/8).`);
  return networks;
}

function isNetwork(text: string): boolean {
  const [address = '', bits, more] = text.split('/');
  const kind = isIP(address);
  if (kind === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (kind === 4 ? 32 : 128));
}

/** Tells whether an address is one of these addresses and networks. */
export function createAddressCheck(networks: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
    return isIP(plain) !== 0 && list.check(plain, isIP(plain) === 4 ? 'ipv4' : 'ipv6');
  };
}

/** Reads certificate and key and sees that they can be used together. Throws UsageError. */
export async function readTls({ cert, key }: { cert: string; key: string }): Promise<TlsMaterial> {
  const material = { cert: await readFileOf('--tls-cert', cert), key: await readFileOf('--tls-key', key) };
  const certificate = attempt(() => new X509Certificate(material.cert));
  if (certificate === null) throw new UsageError(`--tls-cert: ${cert} holds no certificate in PEM form.`);
  const privateKey = attempt(() => createPrivateKey(material.key));
  if (privateKey === null)
    throw new UsageError(`--tls-key: ${key} holds no private key in PEM form without a password.`);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new UsageError(`--tls-key: ${key} is not the key of the certificate ${cert}.`);
  }
  if (new Date(certificate.validTo) < new Date()) {
    throw new UsageError(`--tls-cert: the certificate ${cert} ended on ${certificate.validTo}. Renew it.`);
  }
  return material;
}

async function readFileOf(option: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UsageError(`${option}: ${file} cannot be read (${code === 'ENOENT' ? 'there is no such file' : code}).`);
  }
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    // Not what it should be; the caller says so with the file's name.
    return null;
  }
}

/** The address a client uses: of a server that listens everywhere, by this machine's name. */
export function addressOf({ host, port, tls }: { host: string; port: number; tls: boolean }): string {
  const named = host === '0.0.0.0' || host === '::' ? os.hostname() : host;
  return `${tls ? 'https' : 'http'}://${named.includes(':') ? `[${named}]` : named}:${port}`;
}
