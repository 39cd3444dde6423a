import { eq, sql } from 'drizzle-orm';
import { failure, type Failure } from '../../shared/errors/index.ts';
import { schema, type Database } from '../db/index.ts';
import type { RenderedImage, RenderRequest } from '../render/index.ts';
import type { ClaimedRender } from './claim.ts';
import { outcomeOfFailure } from './failure-reason.ts';
import type { Outcome } from './finish.ts';
import { logLine, type LogLine } from './log-line.ts';
import { WorkerStops, type RenderTools } from './run-render.ts';
import type { RunningRenders } from './running.ts';
import { storeImage } from './store-image.ts';

const { orders, renders } = schema;

/** A cancellation is heard at once; this finds one that was told while the connection was down. */
const CANCEL_CHECK_MS = 5000;
/** Ticks of one render come no closer than this. */
const TICK_MS = 100;
/** So often a long render's progress is written down, for whoever only reads. */
const KEEP_MS = 2000;
/** Lines that a renderer may leave in a render's log. */
const MOST_LOG_LINES = 100;

/**
 * Draws a claimed render and keeps its image. Throws `WorkerStops` when the worker is told to, and whatever breaks on the
 * way; what the renderer says no to is an outcome. What the renderer says meanwhile goes into `log`.
 */
export async function drawClaimed(
  tools: RenderTools & { running: RunningRenders; log: LogLine[] },
  render: ClaimedRender,
  { request, signal }: { request: RenderRequest; signal: AbortSignal },
): Promise<Outcome> {
  const running = tools.running.start(render.orderId);
  const timeout = AbortSignal.timeout(tools.renderTimeoutMs);
  const stopWatching = watchForCancel(tools.database, render, running.cancel);
  try {
    // The order may have been cancelled between the claim and the registration.
    if (await isCancelling(tools.database, render)) return { status: 'cancelled' };
    const image = await tools.renderer.render(request, {
      signal: AbortSignal.any([signal, running.cancelled, timeout]),
      onProgress: tickEvery(tools, render),
      onLog: (text) => {
        if (tools.log.length < MOST_LOG_LINES) tools.log.push(logLine(text.slice(0, 500)));
      },
    });
    if (running.cancelled.aborted) return { status: 'cancelled' };
    if (signal.aborted) throw new WorkerStops('The worker was stopped in the middle of a render.');
    if (image.ok) return await keep(tools, render, image.value);
    const why = timeout.aborted ? tookTooLong(tools.renderTimeoutMs) : image.failure;
    return outcomeOfFailure(why);
  } finally {
    stopWatching();
    running.end();
  }
}

function tookTooLong(ms: number): Failure {
  const limit = ms < 120_000 ? `${Math.round(ms / 1000)} seconds` : `${Math.round(ms / 60_000)} minutes`;
  return failure(
    'renderer_timeout',
    `The render took longer than ${limit} and was stopped. Order fewer samples or a smaller size, then retry.`,
  );
}

async function keep({ store }: RenderTools, render: ClaimedRender, image: RenderedImage): Promise<Outcome> {
  const imageKey = await storeImage(store, render, image);
  return { status: 'done', imageKey, imageBytes: image.bytes.length, durationMs: image.duration_ms };
}

function watchForCancel(database: Database, render: ClaimedRender, cancel: () => void): () => void {
  const timer = setInterval(() => {
    isCancelling(database, render).then((yes) => {
      if (yes) cancel();
    }, ignoreUntilNextCheck);
  }, CANCEL_CHECK_MS);
  return () => {
    clearInterval(timer);
  };
}

/** The check comes again, and a database that is gone shows at the publishing anyway. */
function ignoreUntilNextCheck(): void {
  return;
}

async function isCancelling(database: Database, render: ClaimedRender): Promise<boolean> {
  const [row] = await database.withTenantAsWorker(render.tenantId, (tx) =>
    tx.select({ status: orders.status }).from(orders).where(eq(orders.id, render.orderId)),
  );
  return row?.status === 'cancelling';
}

function tickEvery({ database, onProgress }: RenderTools, render: ClaimedRender): (progress: number) => void {
  let told = 0;
  let kept = Date.now();
  return (progress) => {
    const now = Date.now();
    if (progress < 1 && now - told < TICK_MS) return;
    told = now;
    onProgress(render.tenantId, {
      type: 'render.progress',
      order_id: render.orderId,
      line_id: render.lineId,
      render_id: render.id,
      progress,
    });
    if (progress >= 1 || now - kept < KEEP_MS) return;
    kept = now;
    void keepProgress(database, render, progress).catch(ignoreUntilNextCheck);
  };
}

async function keepProgress(
  database: Database,
  { tenantId, id, claim }: ClaimedRender,
  progress: number,
): Promise<void> {
  await database.withTenantAsWorker(tenantId, (tx) =>
    tx
      .update(renders)
      .set({ progress })
      .where(sql`${renders.id} = ${id} AND ${renders.claim} = ${claim} AND ${renders.status} = 'running'`),
  );
}
