import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { createClient, type Client as ApiClient } from '../../pipeline/test-support/client.ts';
import { SAMPLE_PASSWORD } from '../../pipeline/seed/index.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** What the probe in the pipeline's process saw since it was asked last. */
export interface Probe {
  blockedMs: number;
  mostMegabytes: number;
}

/** A pipeline in a process of its own, as `npm run pipeline` starts it. */
export interface BenchPipeline {
  origin: string;
  dataDir: string;
  operator: ApiClient;
  /** The database without the wall, as its superuser: the baseline. */
  admin: Client;
  probe(): Promise<Probe>;
  stop(): Promise<void>;
}

/** What a pipeline is opened on. */
export interface BenchPlace {
  /** So many products; the sample catalogue, without its images, where it is left out. */
  products?: number;
  /** Renders at once in the pipeline itself; none unless given. */
  workers?: number;
  /** A data directory of the caller's, who also removes it. */
  dataDir?: string;
}

/**
 * Starts a pipeline with so many products, seeding them where they are not there yet. With RENDERDESK_BENCH_DATA set, the
 * data directories lie below it and are kept for the next run; otherwise, unless the caller brings one, they are thrown away.
 */
export async function openPipeline(options: BenchPlace): Promise<BenchPipeline> {
  const { dataDir, thrownAway } = await placeOf(options);
  const child = start(dataDir, options);
  const origin = await listening(child);
  const admin = await openAdmin(dataDir);
  return {
    origin,
    dataDir,
    operator: await createClient(origin).signIn('operator@kugelwerk.example', SAMPLE_PASSWORD),
    admin,
    probe: () => ask(child),
    stop: async () => {
      await admin.end();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
      if (thrownAway) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function placeOf({ products, dataDir }: BenchPlace): Promise<{ dataDir: string; thrownAway: boolean }> {
  if (dataDir !== undefined) return { dataDir, thrownAway: false };
  const kept = process.env['RENDERDESK_BENCH_DATA'];
  if (kept === undefined) return { dataDir: await mkdtemp(path.join(os.tmpdir(), 'rd-bench-')), thrownAway: true };
  const place = path.join(path.resolve(kept), products === undefined ? 'sample' : `large-${products}`);
  await mkdir(place, { recursive: true, mode: 0o700 });
  return { dataDir: place, thrownAway: false };
}

function start(dataDir: string, { products, workers = 0 }: BenchPlace): ChildProcess {
  const args = ['--import', path.join(import.meta.dirname, 'probe.ts'), path.join(ROOT, 'pipeline/index.ts')];
  const seed = products === undefined ? ['sample', '--no-sample-images'] : [`large=${products}`];
  const flags = ['--port', '0', '--data', dataDir, '--workers', String(workers), '--seed', ...seed];
  return spawn(process.execPath, [...args, ...flags], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, RENDERDESK_LOG_LEVEL: 'error' },
  });
}

async function listening(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('The pipeline has no output.');
  const output = createInterface({ input: child.stdout });
  return await new Promise((resolve, reject) => {
    output.on('line', (line) => {
      const [, origin] = /^pipeline listening on (\S+)/.exec(line) ?? [];
      if (origin !== undefined) resolve(origin);
    });
    child.once('exit', (code) => {
      reject(new Error(`The pipeline ended with ${String(code)} before it listened.`));
    });
  });
}

/** The superuser of a data directory's PostgreSQL; see `pipeline/db/embedded`. */
async function openAdmin(dataDir: string): Promise<Client> {
  const { adminPassword } = JSON.parse(await readFile(path.join(dataDir, 'postgres.json'), 'utf8')) as {
    adminPassword: string;
  };
  const postmaster = (await readFile(path.join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n');
  const client = new Client({
    host: postmaster[4]?.trim() || '127.0.0.1',
    port: Number(postmaster[3]),
    user: 'postgres',
    password: adminPassword,
    database: 'renderdesk',
  });
  await client.connect();
  return client;
}

function ask(child: ChildProcess): Promise<Probe> {
  return new Promise((resolve) => {
    child.once('message', (message) => {
      resolve(message as Probe);
    });
    child.send('report');
  });
}
