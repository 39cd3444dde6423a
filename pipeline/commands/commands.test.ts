import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loginAnswerSchema, outputTypeSchema, pageOf } from '../../shared/domain/index.ts';
import { openLog } from '../server/log.ts';
import { startPipeline, type RunningPipeline } from '../server/pipeline.ts';
import { createClient } from '../test-support/client.ts';

// Each command is a whole program, and the first makes a database.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ENTRY = path.resolve(import.meta.dirname, '../index.ts');
const PASSWORD = 'Kugel & Lager 2026';
let data: string;

beforeAll(async () => {
  data = await mkdtemp(path.join(os.tmpdir(), 'rd-commands-'));
});
afterAll(async () => {
  await rm(data, { recursive: true, force: true });
});

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, [ENTRY, ...args], { env: { ...process.env, RENDERDESK_LOG_LEVEL: 'error' } });
  const ended: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (part) => (ended.stdout += String(part)));
  child.stderr.on('data', (part) => (ended.stderr += String(part)));
  // A command that refuses its arguments does not wait for what is piped in.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      resolve({ ...ended, code });
    });
  });
}

const tenant = (name: string): string[] => ['create-tenant', '--data', data, '--name', name];
const user = (email: string, more: { tenant?: string; role?: string } = {}): string[] => [
  ...['create-user', '--data', data, '--tenant', more.tenant ?? 'Müller GmbH', '--email', email],
  ...['--name', 'Anna Müller', '--role', more.role ?? 'admin'],
];

async function serving<T>(work: (running: RunningPipeline, origin: string) => Promise<T>): Promise<T> {
  const running = await startPipeline(
    {
      port: 0,
      host: '127.0.0.1',
      database: { kind: 'embedded', dataDir: data },
      files: { kind: 'directory', path: path.join(data, 'files') },
      seed: 'none',
      workers: 0,
      exitWithParent: false,
      sampleImages: false,
    },
    openLog('error'),
  );
  try {
    return await work(running, `http://127.0.0.1:${running.port}`);
  } finally {
    await running.stop();
  }
}

test('a tenant and its admin are made on a resting data directory, and beside a running pipeline', async () => {
  expect(await run(tenant('Müller GmbH'))).toMatchObject({ code: 0, stderr: '' });
  expect(await run(user('Anna@Mueller.example'), `${PASSWORD}\n`)).toMatchObject({ code: 0, stderr: '' });
  await serving(async (_running, origin) => {
    const anna = await createClient(origin).signIn('anna@mueller.example', PASSWORD);
    const types = await anna.read(pageOf(outputTypeSchema), '/output-types');
    expect(types.items.filter((type) => type.is_default)).toHaveLength(1);
    expect((await anna.get('/materials')).body).toMatchObject({ total: 18 });
    expect((await anna.get('/products')).body).toMatchObject({ total: 0 });

    expect(await run(tenant('Zweite'))).toMatchObject({ code: 0 });
    expect(await run(user('b@zweite.example', { tenant: 'zweite' }), PASSWORD)).toMatchObject({ code: 0 });
    const second = await createClient(origin).call('POST', '/auth/login', {
      body: { email: 'b@zweite.example', password: PASSWORD },
    });
    expect(loginAnswerSchema.parse(second.body).tenant.name).toBe('Zweite');
    const invited = await run([...user('c@zweite.example', { tenant: 'Zweite', role: 'viewer' }), '--invite']);
    const code = invited.stdout.trim().split('\n').at(-1) ?? '';
    const joined = await createClient(origin).call('POST', '/auth/set-password', {
      body: { code, password: PASSWORD },
    });
    expect(loginAnswerSchema.parse(joined.body).user).toMatchObject({ email: 'c@zweite.example', role: 'viewer' });
    expect((await anna.get('/health')).status).toBe(200);
  });
});

test.each([
  ['a name that is taken', () => tenant('MÜLLER GmbH'), '', /already a tenant/],
  ['a time zone that is none', () => [...tenant('X'), '--time-zone', 'Mars/Olympus'], '', /--time-zone/],
  ['no place', () => ['create-tenant', '--name', 'X'], '', /--data or --database-url/],
  ['a tenant that is none', () => user('c@x.example', { tenant: 'Nobody' }), '', /no tenant "Nobody".*Müller GmbH/],
  ['an address that is taken', () => user('anna@mueller.example'), PASSWORD, /belongs to a user already/],
  ['an invitation to it', () => [...user('anna@mueller.example'), '--invite'], '', /belongs to a user already/],
  ['a short password', () => user('c@x.example'), 'short', /at least 12/],
  ['the address as password', () => user('carla@mueller.example'), 'Carla@Mueller.Example', /e-mail address/],
  ['a password on the command line', () => [...user('c@x.example'), '--password', PASSWORD], '', /--password/],
  ['a role that is none', () => user('c@x.example', { role: 'boss' }), '', /--role/],
])('%s is refused in a sentence', async (_what, args, input, message) => {
  const ended = await run(args(), input);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toMatch(message);
});

test.each([[['--help']], [['create-tenant', '--help']], [['create-user', '-h']]])(
  '%j tells the usage',
  async (args) => {
    const ended = await run(args);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^Usage: npm run pipeline/);
  },
);
