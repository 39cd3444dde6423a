import { eq } from 'drizzle-orm';
import type { PipelineEvent } from '../../shared/domain/index.ts';
import { schema, type Database } from '../db/index.ts';
import type { RenderRow } from '../domain/renders/index.ts';
import type { Renderer } from '../render/index.ts';
import type { ImageStore } from '../store/index.ts';
import type { RenderJob } from './boss.ts';
import { claimRender } from './claim.ts';
import { outcomeOfFailure } from './failure-reason.ts';
import { finishRender, type Outcome } from './finish.ts';
import { prepareRender } from './prepare.ts';
import { storeImage } from './store-image.ts';

export type ProgressTick = Extract<PipelineEvent, { type: 'render.progress' }>;

/** What a worker renders with. */
export interface RenderTools {
  database: Database;
  store: ImageStore;
  renderer: Renderer;
  onProgress: (tenantId: string, tick: ProgressTick) => void;
}

const CANCEL_CHECK_MS = 500;
const TICK_MS = 100;

/**
 * Carries out one render job: claim, draw, keep the image, publish. Handed out again after a crash it starts over and
 * publishes once. What the renderer cannot do ends the render; what breaks on the way (database, disk) throws, so that
 * the job is handed out again.
 */
export async function runRender(tools: RenderTools, job: RenderJob, attempt: JobAttempt): Promise<void> {
  const { database } = tools;
  const inTenant = <T>(work: Parameters<typeof database.withTenantAsWorker<T>>[1]): Promise<T> =>
    database.withTenantAsWorker(job.tenant_id, work);
  const claimed = await inTenant(async (tx) => {
    const render = await claimRender(tx, job.render_id, attempt.redelivered);
    return render === null ? null : { render, request: await prepareRender(tx, render) };
  });
  if (claimed === null) return;
  const { render, request } = claimed;
  const outcome = request.ok
    ? await draw(tools, render, { request: request.value, signal: attempt.signal })
    : outcomeOfFailure(request.failure);
  // null: this worker is stopping; the job goes back and the next worker takes the render over.
  if (outcome === null) throw new Error('The worker was stopped in the middle of a render.');
  await inTenant((tx) => finishRender(tx, render.id, outcome));
}

export interface JobAttempt {
  /** The job was handed out before and its worker did not end it. */
  redelivered: boolean;
  /** The worker is stopping, or the job took too long. */
  signal: AbortSignal;
}

async function draw(
  tools: RenderTools,
  render: RenderRow,
  { request, signal }: { request: Parameters<Renderer['render']>[0]; signal: AbortSignal },
): Promise<Outcome | null> {
  const cancelled = new AbortController();
  const watch = setInterval(() => {
    void isCancelling(tools.database, render).then((yes) => {
      if (yes) cancelled.abort();
    }, ignoreUntilNextCheck);
  }, CANCEL_CHECK_MS);
  try {
    const image = await tools.renderer.render(request, {
      signal: AbortSignal.any([signal, cancelled.signal]),
      onProgress: tickEvery(tools, render),
    });
    if (cancelled.signal.aborted) return { status: 'cancelled' };
    if (!image.ok) return signal.aborted ? null : outcomeOfFailure(image.failure);
    const imageKey = await storeImage(tools.store, render, image.value);
    const { bytes, duration_ms: durationMs } = image.value;
    return { status: 'done', imageKey, imageBytes: bytes.length, durationMs };
  } finally {
    clearInterval(watch);
  }
}

/** The check comes again in half a second, and a database that is gone shows at the publishing anyway. */
function ignoreUntilNextCheck(): void {
  return;
}

async function isCancelling(database: Database, render: RenderRow): Promise<boolean> {
  const { orders } = schema;
  const [row] = await database.withTenantAsWorker(render.tenantId, (tx) =>
    tx.select({ status: orders.status }).from(orders).where(eq(orders.id, render.orderId)),
  );
  return row?.status === 'cancelling';
}

function tickEvery(tools: RenderTools, render: RenderRow): (progress: number) => void {
  let last = 0;
  return (progress) => {
    const now = Date.now();
    if (progress < 1 && now - last < TICK_MS) return;
    last = now;
    tools.onProgress(render.tenantId, {
      type: 'render.progress',
      order_id: render.orderId,
      line_id: render.lineId,
      render_id: render.id,
      progress,
    });
  };
}
