import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startProgram, type RunningProgram } from '../../tests/helpers/process-group.ts';

// Whole programs start, each with a database of its own.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();
let root: string;
const at = (name: string): string => path.join(root, name);

function makeCertificate(name: string, days = '30'): void {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', at(`${name}.key`), '-out', at(`${name}.crt`)];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', days];
  execFileSync('openssl', ['req', '-x509', ...kind, ...subject, ...files], { stdio: 'ignore' });
}

beforeAll(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'rd-hosting-'));
  if (hasOpenssl) for (const name of ['one', 'two']) makeCertificate(name);
});
afterAll(() => rm(root, { recursive: true, force: true }));

function start(name: string, ...args: string[]): RunningProgram {
  const common = ['--port', '0', '--data', at(name), '--seed', 'none', '--workers', '0'];
  return startProgram('pipeline/index.ts', { args: [...common, ...args], env: { RENDERDESK_LOG_LEVEL: 'info' } });
}

interface Got {
  status: number;
  headers: Record<string, unknown>;
}

async function get(url: string, options: https.RequestOptions): Promise<Got> {
  return await new Promise((resolve, reject) => {
    const asked = https.get(url, { agent: false, ...options }, (answer) => {
      answer.resume();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers });
    });
    asked.on('error', reject);
  });
}

test.skipIf(!hasOpenssl)('speaks TLS 1.2 and later with its own certificate, and takes up a renewed one', async () => {
  const args = ['--host', '0.0.0.0', '--tls-cert', at('one.crt'), '--tls-key', at('one.key')];
  const program = start('tls', ...args);
  const [, printed = ''] = await program.waitFor(/pipeline listening on (https:\/\/\S+)/);
  expect(new URL(printed).hostname).toBe(os.hostname().toLowerCase());
  const origin = `https://127.0.0.1:${new URL(printed).port}`;
  const ca = await readFile(at('one.crt'));
  const answer = await get(`${origin}/api/health`, { ca, headers: { 'request-id': 'from-outside' } });
  expect(answer).toMatchObject({ status: 200, headers: { 'request-id': 'from-outside' } });
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  await expect(get(`${origin}/api/health`, { ca, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })).rejects.toThrow();
  await expect(fetch(`${origin.replace('https', 'http')}/api/health`)).rejects.toThrow();

  for (const kind of ['crt', 'key']) await writeFile(at(`one.${kind}`), await readFile(at(`two.${kind}`)));
  process.kill(program.pid, 'SIGHUP');
  await program.waitFor(/the certificate was renewed/);
  const renewed = await readFile(at('two.crt'));
  expect(await get(`${origin}/api/health`, { ca: renewed })).toMatchObject({ status: 200 });
  const socket = tls.connect({ port: Number(new URL(origin).port), host: '127.0.0.1', ca: renewed });
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  expect(['TLSv1.2', 'TLSv1.3']).toContain(socket.getProtocol());
  socket.destroy();
  await program.stop();
});

test('behind a proxy its headers count, plain requests to it are refused, and nobody signs in by being here', async () => {
  const program = start('proxy', '--behind-proxy', '--proxy-addresses', '10.9.0.0/16');
  const [, origin = ''] = await program.waitFor(/pipeline listening on (http:\/\/\S+)/);
  const ask = (headers: Record<string, string>) => fetch(`${origin}/api/health`, { headers });
  const proxied = await ask({ 'x-forwarded-for': '203.0.113.7', 'x-forwarded-proto': 'https' });
  expect([proxied.status, proxied.headers.get('strict-transport-security')]).toEqual([200, 'max-age=31536000']);
  await program.waitFor(/"from":"203\.0\.113\.7"/);
  expect((await ask({ 'x-forwarded-proto': 'http' })).status).toBe(400);
  const { secret } = JSON.parse(await readFile(path.join(at('proxy'), 'run.json'), 'utf8')) as { secret: string };
  const local = await fetch(`${origin}/api/auth/local`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ secret }),
  });
  expect(local.status).toBe(404);
  await program.stop();
});

const outside = Object.values(os.networkInterfaces())
  .flat()
  .find((one) => one?.family === 'IPv4' && !one.internal)?.address;

test.skipIf(outside === undefined)('behind a proxy nobody but the proxy connects', async () => {
  const program = start('direct', '--behind-proxy', '--host', '0.0.0.0');
  const [, printed = ''] = await program.waitFor(/pipeline listening on (http:\/\/\S+)/);
  const answer = await fetch(`http://${outside}:${new URL(printed).port}/api/health`, {
    headers: { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'https' },
  });
  expect(answer.status).toBe(403);
  await program.stop();
});
