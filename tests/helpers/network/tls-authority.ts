import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '../temporary-directory.ts';

/** A private certificate authority, made for one test. */
export interface TlsAuthority {
  /** Its own certificate as a PEM file: what a company hands out. */
  readonly caFile: string;
  /** Key and certificate of a server of this name, signed by it. */
  issue(host: string): Promise<{ key: string; cert: string }>;
  remove(): Promise<void>;
}

/** Why no authority can be made here, or null. */
export function authorityMissing(): string | null {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return null;
  } catch {
    return 'there is no openssl to make certificates with';
  }
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes an authority with openssl. */
export async function createAuthority(): Promise<TlsAuthority> {
  const directory = await temporaryDirectory();
  const at = (name: string): string => join(directory.path, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'ignore' });
  const subject = ['-subj', '/CN=Test Authority', '-addext', 'basicConstraints=critical,CA:TRUE'];
  openssl('req', '-x509', ...KEY, '-days', '2', ...subject, '-keyout', at('ca.key'), '-out', at('ca.crt'));
  return {
    caFile: at('ca.crt'),
    issue: async (host) => {
      const name = /^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`;
      await writeFile(at('ext'), `subjectAltName=${name}\n`);
      openssl('req', ...KEY, '-subj', `/CN=${host}`, '-keyout', at('s.key'), '-out', at('s.csr'));
      const signed = [
        '-CA',
        at('ca.crt'),
        '-CAkey',
        at('ca.key'),
        '-CAcreateserial',
        '-days',
        '2',
        '-extfile',
        at('ext'),
      ];
      openssl('x509', '-req', '-in', at('s.csr'), ...signed, '-out', at('s.crt'));
      return { key: await readFile(at('s.key'), 'utf8'), cert: await readFile(at('s.crt'), 'utf8') };
    },
    remove: directory.remove,
  };
}
