import type { FastifyInstance } from 'fastify';
import type { PgBoss } from 'pg-boss';
import type { Logger } from 'pino';
import { unwrap } from '../../shared/errors/index.ts';
import { createEventHub, type EventHub } from '../api/events/hub.ts';
import { startSequencer } from '../api/events/sequencer.ts';
import { createHealthCheck } from '../api/health.ts';
import { buildServer, type ServerHosting } from '../api/server.ts';
import { watchAccounts } from '../api/watch-accounts.ts';
import { openDatabase, type Database } from '../db/index.ts';
import { createAttemptLimit, createBearerCheck } from '../domain/accounts/index.ts';
import { createSweeper } from '../domain/retention/index.ts';
import { createRenderQueue, giveBackOrphans, openBoss, readProgress, startWorker } from '../jobs/index.ts';
import { createMetrics, type Metrics } from '../metrics/index.ts';
import { createQueryRunner } from '../query/index.ts';
import { openRenderer } from '../render/index.ts';
import { seedLarge, seedSample, type SampleUser } from '../seed/index.ts';
import { openStore, type ImageStore } from '../store/index.ts';
import { openPipelineBackend, type PipelineBackend } from './backend.ts';
import { addressOf, createAddressCheck, readTls, type Hosting } from './hosting.ts';
import { reportTo } from './log.ts';
import { renewTlsOnSignal } from './renew-tls.ts';
import type { PipelineOptions } from './options.ts';

/** A pipeline that answers. */
export interface RunningPipeline {
  port: number;
  /** Where clients reach it. */
  address: string;
  /** The sample users, where this start seeded them. */
  seeded: SampleUser[];
  /** Does anybody listen to its events? */
  hasListeners(): boolean;
  database: Database;
  /** Settles when the embedded PostgreSQL is gone and does not come back. */
  lost: Promise<Error>;
  stop(): Promise<void>;
}

/** Requests that are being answered when the pipeline stops get this long. */
const STOP_MS = 10_000;

/** What was started so far, to be stopped in the opposite order, also when a later step fails. */
class Stack {
  readonly #stops: (() => Promise<unknown>)[] = [];
  /** From here on connections break as they should. */
  stopping = false;

  add(stop: () => Promise<unknown>): void {
    this.#stops.unshift(stop);
  }

  async stop(log: Logger): Promise<void> {
    this.stopping = true;
    for (const stop of this.#stops.splice(0)) {
      await stop().catch((error: unknown) => {
        log.error({ err: error }, 'stopping');
      });
    }
  }
}

/**
 * Starts everything of a pipeline, in order: database, seed, events, workers, and the API last. Whoever has begun to open
 * the database already hands it over.
 */
export async function startPipeline(
  options: PipelineOptions,
  log: Logger,
  opening: Promise<PipelineBackend> = openPipelineBackend(options.database, log),
): Promise<RunningPipeline> {
  const started = new Stack();
  try {
    return await start(options, log, { started, backend: await opening });
  } catch (error) {
    await started.stop(log);
    throw error;
  }
}

async function start(
  options: PipelineOptions,
  log: Logger,
  { started, backend }: { started: Stack; backend: PipelineBackend },
): Promise<RunningPipeline> {
  const report = reportTo(log, 'pipeline');
  const onError = (error: unknown): void => {
    if (!started.stopping) report(error);
  };
  started.add(() => backend.stop());
  const database = openDatabase(backend.connections, onError);
  started.add(() => database.close());
  const store = await openStore(options.files, database);
  started.add(() => store.close());
  unwrap(await store.check(options.workers === 0 ? 'read' : 'write'));
  const boss = await openBoss(backend.connections.api, { works: false, max: 2 }, onError);
  started.add(() => boss.stop({ graceful: false }));
  const seeded = await seed(options.seed, database, boss);
  if (backend.exclusive) await giveBackOrphans(backend.connections.worker);
  const hub = createEventHub(database, onError);
  const metrics = createMetrics({ backend: database, listeners: () => hub.listenerCount(), onError });
  const hosting = await openHosting(options.hosting);
  // A proxy on this machine looks like this machine, so nobody signs in by being here while there may be one.
  const localSecret = hosting.proxies === undefined ? backend.localSecret : null;
  const app = await buildApi({ log, database, store, boss, hub, metrics, localSecret, hosting }, started);
  await startBackground({ options, log, database, store, hub, metrics }, started);
  const port = await listen(app, options, started, log);
  await backend.announce(port);
  return {
    port,
    address: addressOf({ host: options.host, port, tls: hosting.tls !== undefined }),
    seeded,
    database,
    lost: backend.lost,
    hasListeners: () => hub.listenerCount() > 0,
    stop: () => started.stop(log),
  };
}

async function seed(asked: PipelineOptions['seed'], database: Database, boss: PgBoss): Promise<SampleUser[]> {
  if (asked === 'none') return [];
  return asked === 'sample' ? await seedSample(database, boss) : unwrap(await seedLarge(database, asked.large));
}

async function openHosting({ tls, proxies }: Hosting = {}): Promise<ServerHosting> {
  return {
    ...(tls === undefined ? {} : { tls: await readTls(tls) }),
    ...(proxies === undefined ? {} : { proxies, mayConnect: createAddressCheck(proxies) }),
  };
}

interface ApiParts {
  log: Logger;
  database: Database;
  store: ImageStore;
  boss: PgBoss;
  hub: EventHub;
  metrics: Metrics;
  localSecret: string | null;
  hosting: ServerHosting;
}

async function buildApi(parts: ApiParts, started: Stack): Promise<FastifyInstance> {
  const { log, database, store, boss, hub, metrics, localSecret, hosting } = parts;
  const query = createQueryRunner(database.connections, reportTo(log, 'query'));
  started.add(() => query.close());
  const bearer = createBearerCheck(database);
  started.add(
    await watchAccounts(database, bearer, (error) => {
      log.error({ err: error }, 'accounts');
    }),
  );
  const services = {
    database,
    bearer,
    queue: createRenderQueue(boss),
    store,
    query,
    attempts: createAttemptLimit(database),
    events: hub,
    sweeper: createSweeper(database, reportTo(log, 'sweeping')),
    health: createHealthCheck({ database, log }),
    metrics,
    localSecret,
    log,
  };
  return await buildServer(services, log, hosting);
}

async function startBackground(
  {
    options,
    log,
    database,
    store,
    hub,
    metrics,
  }: Pick<ApiParts, 'log' | 'database' | 'store' | 'hub' | 'metrics'> & { options: PipelineOptions },
  started: Stack,
): Promise<void> {
  const sequencer = await startSequencer(database, {
    onNumbered: () => {
      hub.wake();
    },
    onProgress: (payload) => {
      for (const { tenantId, tick } of readProgress(payload)) hub.tick(tenantId, tick);
    },
    onError: reportTo(log, 'events'),
  });
  started.add(() => sequencer.stop());
  if (options.workers === 0) return;
  const worker = await startWorker({
    database,
    store,
    renderer: metrics.measured(unwrap(await openRenderer(options.renderer ?? 'built-in'))),
    name: 'pipeline',
    concurrency: options.workers,
    sampleImages: options.sampleImages,
    log,
    report: (what) => reportTo(log, what),
  });
  started.add(() => worker.stop());
}

async function listen(app: FastifyInstance, options: PipelineOptions, started: Stack, log: Logger): Promise<number> {
  await app.listen({ port: options.port, host: options.host });
  if (options.hosting?.tls !== undefined) started.add(renewTlsOnSignal(app.server, options.hosting.tls, log));
  started.add(async () => {
    for (const socket of app.websocketServer.clients) socket.close(1001, 'the pipeline stops');
    const late = setTimeout(() => {
      app.server.closeAllConnections();
    }, STOP_MS);
    await app.close();
    clearTimeout(late);
  });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}
