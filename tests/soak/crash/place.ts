import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { startTestServer } from '../../../scripts/test/postgres-server.ts';
import type { LoginAnswer } from '../../../shared/domain/index.ts';
import { signInLocally } from '../../helpers/local-sign-in.ts';
import { startProgram, type RunningProgram } from '../../helpers/process-group.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

/** What a round kills with -9. */
export type Victim = 'api' | 'worker' | 'database';

/** A pipeline whose parts can be killed and brought back: in one process on its own database, or spread over several. */
export interface Place {
  readonly name: string;
  readonly victims: readonly Victim[];
  /** Where the API answers at this moment; another port after each restart. */
  origin(): string;
  kill(victim: Victim): Promise<void>;
  /** Brings back what was killed and waits until the API answers. */
  restore(): Promise<void>;
  signIn(): Promise<LoginAnswer>;
  /** A connection past the pipeline, to look at what it keeps. */
  connect(): Promise<Client>;
  /** What the programs wrote, for the story of a failure. */
  output(): string;
  stop(): Promise<void>;
}

const common = { RENDERDESK_SAMPLE_IMAGES: 'off', RENDERDESK_LOG_LEVEL: 'warn' };
const listening = /pipeline listening on (http:\/\/127\.0\.0\.1:\d+)/;

/** API, two render slots and the embedded PostgreSQL in one data directory. */
export async function embeddedPlace(): Promise<Place> {
  const data = await temporaryDirectory();
  const args = ['--port', '0', '--data', data.path, '--seed', 'sample', '--workers', '2'];
  let program = startProgram('pipeline/index.ts', { args, env: common });
  let origin = (await program.waitFor(listening))[1] ?? '';
  let down = false;
  return {
    name: 'embedded',
    victims: ['api', 'database'],
    origin: () => origin,
    kill: async (victim) => {
      if (victim === 'database') return process.kill((await postmaster(data.path)).pid, 'SIGKILL') as unknown as void;
      process.kill(program.pid, 'SIGKILL');
      await program.ended;
      down = true;
    },
    restore: async () => {
      if (down) {
        program = startProgram('pipeline/index.ts', { args, env: common });
        origin = (await program.waitFor(listening))[1] ?? '';
        down = false;
      }
      await untilHealthy(origin);
    },
    signIn: () => signInLocally(data.path),
    connect: async () => {
      const { adminPassword } = JSON.parse(await readFile(join(data.path, 'postgres.json'), 'utf8')) as {
        adminPassword: string;
      };
      const { host, port } = await postmaster(data.path);
      return await connected({ host, port, user: 'postgres', password: adminPassword, database: 'renderdesk' });
    },
    output: () => program.output(),
    stop: async () => {
      await program.stop();
      await data.remove();
    },
  };
}

/** A PostgreSQL server, one API process and two worker processes, each to be killed on its own. */
export async function spreadPlace(): Promise<Place> {
  const server = await startTestServer();
  const files = await temporaryDirectory();
  const url = new URL(server.adminUrl);
  const password = decodeURIComponent(url.password);
  Object.assign(url, { username: '', password: '', pathname: '/crash' });
  const env = {
    ...common,
    RENDERDESK_DATABASE_ADMIN_URL: server.adminUrl,
    RENDERDESK_ROLE_SECRET: randomBytes(24).toString('base64url'),
  };
  const where = ['--database-url', url.href, '--files', files.path];
  const startApi = (): RunningProgram =>
    startProgram('pipeline/index.ts', { args: ['--port', '0', ...where, '--seed', 'sample', '--workers', '0'], env });
  const startWorker = (): RunningProgram =>
    startProgram('pipeline/worker.ts', { args: [...where, '--concurrency', '1'], env });
  let api = startApi();
  let origin = (await api.waitFor(listening))[1] ?? '';
  const [, samplePassword = ''] = await api.waitFor(/sample user \S+ password (\S+)/);
  const workers = [startWorker(), startWorker()];
  await Promise.all(workers.map((worker) => worker.waitFor(/rendering/)));
  const dead = new Set<Victim>();
  return {
    name: 'spread',
    victims: ['api', 'worker', 'worker', 'database'],
    origin: () => origin,
    kill: async (victim) => {
      dead.add(victim);
      if (victim === 'database') return await server.kill9();
      const program = victim === 'api' ? api : workers[0];
      await program?.kill9Group();
    },
    restore: async () => {
      if (dead.delete('database')) await server.restart();
      if (dead.delete('worker')) {
        workers.shift();
        const worker = startWorker();
        workers.push(worker);
        await worker.waitFor(/rendering/);
      }
      if (dead.delete('api')) {
        api = startApi();
        origin = (await api.waitFor(listening))[1] ?? '';
      }
      await untilHealthy(origin);
    },
    signIn: async () => {
      const body = JSON.stringify({ email: 'operator@kugelwerk.example', password: samplePassword });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${origin}/api/auth/login`, { method: 'POST', headers, body });
      if (!response.ok) throw new Error(`sign-in answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as LoginAnswer;
    },
    connect: () =>
      connected({ host: url.hostname, port: Number(url.port), user: 'postgres', password, database: 'crash' }),
    output: () => [api, ...workers].map((program) => program.output()).join('\n'),
    stop: async () => {
      await Promise.all([api, ...workers].map((program) => program.stop()));
      await server.stop();
      await files.remove();
    },
  };
}

async function postmaster(data: string): Promise<{ pid: number; port: number; host: string }> {
  const lines = (await readFile(join(data, 'postgres/postmaster.pid'), 'utf8')).split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]), host: lines[4]?.trim() ?? '' };
}

async function connected(config: ConstructorParameters<typeof Client>[0]): Promise<Client> {
  const client = new Client(config);
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function untilHealthy(origin: string): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const healthy = await fetch(`${origin}/api/health`).then(
      (response) => response.ok,
      () => false,
    );
    if (healthy) return;
    if (Date.now() > until) throw new Error('the pipeline does not answer a minute after its parts came back');
    await wait(100);
  }
}
