import { randomUUID } from 'node:crypto';
import type { Job, PgBoss } from 'pg-boss';
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../db/index.ts';
import { RENDER_RETRIES } from '../db/index.ts';
import type { Renderer } from '../render/index.ts';
import type { ImageStore } from '../store/index.ts';
import { QUEUES, openBoss, type RenderJob } from './boss.ts';
import { drawSeedImage } from './draw-seed-image.ts';
import { LOST } from './failure-reason.ts';
import { finishRender } from './finish.ts';
import { showPresence } from './presence.ts';
import { createProgressTeller } from './progress.ts';
import { runRender, type RenderTools } from './run-render.ts';
import { createRunningRenders, type RunningRenders } from './running.ts';
import { startSupervisor } from './supervise.ts';

export interface WorkerOptions {
  database: Database;
  store: ImageStore;
  renderer: Renderer;
  /** How operators and the logs of renders name it. */
  name: string;
  /** Renders at once. */
  concurrency: number;
  /** Also draw the images of the sample history, on the side. */
  sampleImages: boolean;
  /** A render that takes longer is stopped and fails, ms; below the time a job may take. */
  renderTimeoutMs?: number;
  log: FastifyBaseLogger;
  /** Makes the reporter of what goes wrong in the background, by what it belongs to. */
  report: (what: string) => (error: unknown) => void;
}

/** A running render worker. */
export interface Worker {
  /** Lets what renders finish for a few seconds, gives back the rest. */
  stop(): Promise<void>;
}

const POLL_SECONDS = 2;
const STOP_MS = 5000;
const RENDER_TIMEOUT_MS = 9 * 60_000;

/** Takes render jobs from the queue, as many at once as `concurrency` says. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { database, store, renderer, concurrency, log, report } = options;
  const running = createRunningRenders();
  const progress = createProgressTeller(database, report('progress'));
  const tools: RenderTools = {
    database,
    store,
    renderer,
    worker: options.name,
    renderTimeoutMs: options.renderTimeoutMs ?? RENDER_TIMEOUT_MS,
    onProgress: progress.tell,
  };
  const unlisten = await database.listenAsWorker({
    rd_cancel: (orderId) => {
      if (orderId !== null) running.cancelOrder(orderId);
    },
  });
  const connection = database.connections.worker;
  const boss = await openBoss(connection, { works: true, max: concurrency + 3 }, report('render queue'));
  const card = { id: randomUUID(), name: options.name, renderer: renderer.name, concurrency };
  const presence = await showPresence(database, card, {
    rendering: () => running.size,
    onError: report('worker list'),
  });
  await takeAllJobs(boss, { tools, running, concurrency, sampleImages: options.sampleImages });
  const supervisor = startSupervisor(database, boss, { log, onError: report('looking for stuck renders') });
  return {
    stop: async () => {
      await supervisor.stop();
      await boss.stop({ graceful: true, timeout: STOP_MS });
      progress.stop();
      await unlisten();
      await presence.stop();
    },
  };
}

interface Slots {
  tools: RenderTools;
  running: RunningRenders;
  concurrency: number;
  sampleImages: boolean;
}

async function takeAllJobs(boss: PgBoss, { tools, running, concurrency, sampleImages }: Slots): Promise<void> {
  for (let slot = 0; slot < concurrency; slot += 1) {
    await takeJobs(boss, QUEUES.render, (job) =>
      runRender(tools, running, job.data, { last: job.retryCount >= RENDER_RETRIES, signal: job.signal }),
    );
  }
  await takeJobs(boss, QUEUES.dead, (job) => giveUp(tools.database, job.data));
  if (sampleImages) await takeSampleImages(boss, tools, () => running.size > 0);
}

/** One slot: a job at a time, and the next one as soon as it is done. */
async function takeJobs(boss: PgBoss, queue: string, run: (job: Job<RenderJob>) => Promise<void>): Promise<void> {
  const options = { pollingIntervalSeconds: POLL_SECONDS, notifyPollingIntervalSeconds: POLL_SECONDS };
  const slot = await boss.work<RenderJob>(queue, options, async ([job]) => {
    if (job === undefined) return;
    try {
      await run(job);
    } finally {
      // Else the slot would sleep out its polling interval before it looks for the next job.
      boss.notifyWorker(slot);
    }
  });
}

/** Sample images are drawn on the side: half of one core at most, and none while an order renders. */
async function takeSampleImages(boss: PgBoss, tools: RenderTools, isBusy: () => boolean): Promise<void> {
  await takeJobs(boss, QUEUES.seedImage, async (job) => {
    const started = performance.now();
    await drawSeedImage(tools, job.data, job.signal);
    do await pause(Math.min(performance.now() - started, 1000), job.signal);
    while (isBusy() && !job.signal.aborted);
  });
}

async function giveUp(database: Database, job: RenderJob): Promise<void> {
  await database.withTenantAsWorker(job.tenant_id, (tx) => finishRender(tx, job.render_id, null, LOST));
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
