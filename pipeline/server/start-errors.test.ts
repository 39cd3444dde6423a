import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startProgram } from '../../tests/helpers/process-group.ts';
import { startEmbedded, type EmbeddedPostgres } from '../db/embedded/index.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let root: string;
let taken: Server;
let postgres: EmbeddedPostgres;
const at = (name: string): string => path.join(root, name);
const SECRET = 'canary-role-secret-of-the-test';

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'rd-start-'));
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  for (const name of ['wide', 'old/postgres', 'fresh', 'server'])
    await mkdir(at(name), { recursive: true, mode: 0o700 });
  await chmod(at('wide'), 0o777);
  await writeFile(at('old/postgres/PG_VERSION'), '17\n');
  await writeFile(at('file'), 'no directory');
  postgres = await startEmbedded(at('server'));
});
afterAll(async () => {
  taken.close();
  await postgres.stop();
  await rm(root, { recursive: true, force: true });
});

interface Refusal {
  args: () => string[];
  env?: Record<string, string>;
  entry?: string;
  says: RegExp;
}

const data = (name: string, ...more: string[]) => ['--port', '0', '--data', at(name), '--workers', '1', ...more];
const server = (url: string, ...more: string[]) => ['--port', '0', '--database-url', url, ...more];
const withSecret = { RENDERDESK_ROLE_SECRET: SECRET };
/** Of the embedded server's socket, with a password. */
const urlOf = (password: string, database = 'renderdesk'): string => {
  const { host } = postgres.connections.admin;
  return `postgresql://postgres:${password}@${encodeURIComponent(host)}/${database}`;
};

const refusals: Record<string, Refusal> = {
  'a port in use': {
    args: () => ['--port', String((taken.address() as AddressInfo).port), ...data('fresh').slice(2)],
    says: /Something else listens on 127\.0\.0\.1:\d+ already/,
  },
  'an address of another machine': {
    args: () => data('fresh', '--host', '203.0.113.1', '--behind-proxy'),
    says: /no address 203\.0\.113\.1/,
  },
  'a host beyond this machine without TLS': { args: () => data('fresh', '--host', '0.0.0.0'), says: /in the clear/ },
  'a certificate that is not there': {
    args: () => data('fresh', '--tls-cert', at('no.crt'), '--tls-key', at('no.key')),
    says: /--tls-cert: .* no such file/,
  },
  'a certificate that is none': {
    args: () => data('fresh', '--tls-cert', at('file'), '--tls-key', at('file')),
    says: /no certificate in PEM form/,
  },
  'a directory others may write': { args: () => data('wide'), says: /Others may write into .*chmod 700/ },
  'a file where the directory should be': { args: () => data('file'), says: /is a file/ },
  'a database of another major version': {
    args: () => data('old'),
    says: /PostgreSQL 17 .* make a backup, then restore/,
  },
  'an unknown option': { args: () => data('fresh', '--colour', 'red'), says: /--colour/ },
  'an unknown sub-command': { args: () => ['frobnicate'], says: /frobnicate/ },
  'a backup without a file': { args: () => ['backup', '--data', at('fresh')], says: /Name the file first/ },
  'no role secret': {
    args: () => server('postgresql://127.0.0.1/x'),
    env: { RENDERDESK_ROLE_SECRET: '' },
    says: /needs RENDERDESK_ROLE_SECRET/,
  },
  'a server that is not there': {
    args: () => server('postgresql://127.0.0.1:9/x'),
    env: withSecret,
    says: /No PostgreSQL answers on 127\.0\.0\.1:9/,
  },
  'a host that is not there': {
    args: () => server('postgresql://no-such-host.invalid/x'),
    env: withSecret,
    says: /no host no-such-host\.invalid|no-such-host\.invalid cannot be resolved/,
  },
  'a wrong password of the admin': {
    args: () => server(urlOf('canary-wrong-password')),
    env: { ...withSecret, RENDERDESK_DATABASE_ADMIN_URL: 'SET BELOW' },
    says: /refused the password of \w+\. Check RENDERDESK_DATABASE_ADMIN_URL/,
  },
  'a bucket that does not answer': {
    args: () =>
      data('fresh', '--files', 's3://images/x?region=eu-central-1&endpoint=http://127.0.0.1:9&path_style=true'),
    env: { AWS_ACCESS_KEY_ID: 'canary-key', AWS_SECRET_ACCESS_KEY: 'canary-secret' },
    says: /bucket images at http:\/\/127\.0\.0\.1:9 cannot be used: nothing answers there/,
  },
  'a worker without its server': {
    entry: 'pipeline/worker.ts',
    args: () => ['--database-url', 'postgresql://127.0.0.1:9/x'],
    env: withSecret,
    says: /No PostgreSQL answers on 127\.0\.0\.1:9/,
  },
};

test.each(Object.entries(refusals))('%s is told in a sentence', async (_name, { args, env = {}, entry, says }) => {
  const admin =
    env['RENDERDESK_DATABASE_ADMIN_URL'] === undefined
      ? {}
      : { RENDERDESK_DATABASE_ADMIN_URL: urlOf('canary-wrong-password') };
  const program = startProgram(entry ?? 'pipeline/index.ts', { args: args(), env: { ...env, ...admin } });
  expect([await program.ended, program.output()]).toEqual([2, expect.stringMatching(says)]);
  expect(program.output()).not.toMatch(/canary|\n\s+at /);
});

const canMount = ((): boolean => {
  try {
    execFileSync('unshare', ['--mount', '--', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

test.skipIf(!canMount)('a full disk at the first start is told, and nothing half made is left', async () => {
  await mkdir(at('small'), { mode: 0o700 });
  const script = `mount -t tmpfs -o size=8m,mode=700 tmpfs "$1" && "$2" pipeline/index.ts --port 0 --data "$1"; code=$?; ls "$1"; exit $code`;
  const run = (): { status: number; said: string } => {
    try {
      const args = ['--mount', '--', 'sh', '-c', script, 'sh', at('small'), process.execPath];
      return { status: 0, said: execFileSync('unshare', args, { stdio: 'pipe', encoding: 'utf8' }) };
    } catch (error) {
      const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
      return { status, said: stdout + stderr };
    }
  };
  const { status, said } = run();
  expect([status, said]).toEqual([2, expect.stringMatching(/The disk (of|is).*full/)]);
  expect(said).not.toMatch(/postgres\.new|\n\s+at /);
});
