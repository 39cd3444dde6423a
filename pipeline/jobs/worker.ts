import type { Job, PgBoss } from 'pg-boss';
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../db/index.ts';
import { QUEUES, openBoss, type RenderJob } from './boss.ts';
import { drawSeedImage } from './draw-seed-image.ts';
import { LOST } from './failure-reason.ts';
import { finishRender } from './finish.ts';
import { runRender, type RenderTools } from './run-render.ts';

export interface WorkerOptions {
  tools: RenderTools;
  /** Renders at once. */
  concurrency: number;
  /** Also draw the images of the sample history, on the side. */
  sampleImages: boolean;
  log: FastifyBaseLogger;
}

/** A running render worker. */
export interface Worker {
  /** Lets what renders finish for a few seconds, gives back the rest. */
  stop(): Promise<void>;
}

const POLL_SECONDS = 2;
const STOP_MS = 5000;

/** Takes render jobs from the queue, as many at once as `concurrency` says. */
export async function startWorker({ tools, concurrency, sampleImages, log }: WorkerOptions): Promise<Worker> {
  const boss = await openBoss(tools.database.connections.worker, { works: true, max: concurrency + 3 }, (error) => {
    log.error({ err: error }, 'render queue');
  });
  let active = 0;
  for (let slot = 0; slot < concurrency; slot += 1) {
    await takeJobs(boss, QUEUES.render, async (job) => {
      active += 1;
      try {
        await runRender(tools, job.data, { redelivered: job.retryCount > 0, signal: job.signal });
      } finally {
        active -= 1;
      }
    });
  }
  await takeJobs(boss, QUEUES.dead, (job) => giveUp(tools.database, job.data));
  if (sampleImages) await takeSampleImages(boss, tools, () => active > 0);
  return { stop: () => boss.stop({ graceful: true, timeout: STOP_MS }) };
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
  await database.withTenantAsWorker(job.tenant_id, (tx) => finishRender(tx, job.render_id, LOST));
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
