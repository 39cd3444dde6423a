import type { Database, Work } from '../db/index.ts';
import type { Renderer } from '../render/index.ts';
import type { ImageStore } from '../store/index.ts';
import type { RenderJob } from './boss.ts';
import { claimRender, releaseRender, type ClaimedRender } from './claim.ts';
import { drawClaimed } from './draw.ts';
import { describeBreak, outcomeOfBreak, outcomeOfFailure } from './failure-reason.ts';
import { finishRender, type Outcome } from './finish.ts';
import { logLine, type LogLine } from './log-line.ts';
import { prepareRender } from './prepare.ts';
import type { ProgressTick } from './progress.ts';
import type { RunningRenders } from './running.ts';

/** What a worker renders with. */
export interface RenderTools {
  database: Database;
  store: ImageStore;
  renderer: Renderer;
  /** Name of the worker, for the log of what it renders. */
  worker: string;
  /** A render that takes longer is stopped and fails, ms. */
  renderTimeoutMs: number;
  onProgress: (tenantId: string, tick: ProgressTick) => void;
}

export interface JobAttempt {
  /** The queue hands the job out no more after this one. */
  last: boolean;
  /** The worker is stopping, or the job was given to another. */
  signal: AbortSignal;
}

/**
 * Carries out one render job: claim, draw, keep the image, publish. Handed out again after a crash it starts over under
 * a new claim and publishes once. What the renderer cannot do ends the render at once; what breaks on the way (database,
 * disk, a crashed renderer) gives the render back and throws, so that the queue waits and hands it out again; the last
 * time it ends the render with what broke.
 */
export async function runRender(
  tools: RenderTools,
  running: RunningRenders,
  job: RenderJob,
  attempt: JobAttempt,
): Promise<void> {
  const { database } = tools;
  const inTenant = <T>(work: Work<T>): Promise<T> => database.withTenantAsWorker(job.tenant_id, work);
  const claimed = await inTenant(async (tx) => {
    const render = await claimRender(tx, job.render_id, tools.worker);
    return render === null ? null : { render, request: await prepareRender(tx, render) };
  });
  if (claimed === null) return;
  const { render, request } = claimed;
  const log: LogLine[] = [];
  const end = (outcome: Outcome): Promise<boolean> =>
    inTenant((tx) => finishRender(tx, render.id, render.claim, { ...outcome, log }));
  try {
    const outcome = request.ok
      ? await drawClaimed({ ...tools, running, log }, render, { request: request.value, signal: attempt.signal })
      : outcomeOfFailure(request.failure);
    await end(outcome);
  } catch (error) {
    if (attempt.last && !(error instanceof WorkerStops)) return void (await end(outcomeOfBreak(error)));
    await inTenant((tx) => releaseRender(tx, render, [...log, logLine(whyReleased(render, error))]));
    throw error;
  }
}

/** The worker is stopping, or another one has the job: not the render's fault. */
export class WorkerStops extends Error {}

function whyReleased({ worker }: ClaimedRender, error: unknown): string {
  if (error instanceof WorkerStops) return `Given back: ${worker ?? 'the worker'} stops`;
  return `Broke and will be tried again: ${describeBreak(error).error}`;
}
