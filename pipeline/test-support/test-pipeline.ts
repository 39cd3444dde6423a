import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { SAMPLE_PASSWORD } from '../seed/index.ts';
import { openLog } from '../server/log.ts';
import type { PipelineOptions } from '../server/options.ts';
import { startPipeline, type RunningPipeline } from '../server/pipeline.ts';
import { createClient, type Client } from './client.ts';
import { nameServerDatabase, type ServerDatabase } from './server-database.ts';

/**
 * A real pipeline in this process: a database of its own (on the server that RENDERDESK_TEST_DATABASE_ADMIN_URL names,
 * else embedded), the sample catalogue, real HTTP on loopback.
 */
export interface TestPipeline {
  /** `http://127.0.0.1:PORT` */
  origin: string;
  running: RunningPipeline;
  /** Directory of the images. */
  files: string;
  /** A client that is signed in as this sample user. */
  as(email: SampleUser): Promise<Client>;
}

export type SampleUser = `${'operator' | 'admin' | 'viewer'}@${'kugelwerk' | 'nordlager'}.example`;

interface TestOptions {
  workers?: number;
  seed?: PipelineOptions['seed'];
}

/** Starts one pipeline for the tests of a file and stops it after them. Read it inside tests only. */
export function usePipeline(options: TestOptions = {}): () => TestPipeline {
  let pipeline: TestPipeline | undefined;
  let directory: string | undefined;
  const server = nameServerDatabase();
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'rd-api-'));
    pipeline = await start(directory, server, options);
  });
  afterAll(async () => {
    await pipeline?.running.stop();
    await server?.drop();
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  });
  return () => {
    if (pipeline === undefined) throw new Error('The pipeline is not started yet.');
    return pipeline;
  };
}

async function start(directory: string, server: ServerDatabase | null, options: TestOptions): Promise<TestPipeline> {
  const files = path.join(directory, 'files');
  // The pipeline reads these where it stands on a server's database; a test file has a process of its own.
  Object.assign(process.env, server?.env);
  const running = await startPipeline(
    {
      port: 0,
      host: '127.0.0.1',
      database: server === null ? { kind: 'embedded', dataDir: directory } : { kind: 'server', url: server.url },
      files: { kind: 'directory', path: files },
      seed: options.seed ?? 'sample',
      workers: options.workers ?? 2,
      exitWithParent: false,
      sampleImages: false,
    },
    openLog('error'),
  );
  const origin = `http://127.0.0.1:${running.port}`;
  const clients = new Map<SampleUser, Promise<Client>>();
  return {
    origin,
    running,
    files,
    as: (email) => {
      const client = clients.get(email) ?? createClient(origin).signIn(email, SAMPLE_PASSWORD);
      clients.set(email, client);
      return client;
    },
  };
}
