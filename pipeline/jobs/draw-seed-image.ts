import { and, eq, isNull } from 'drizzle-orm';
import { schema } from '../db/index.ts';
import { findRender } from '../domain/renders/index.ts';
import type { RenderJob } from './boss.ts';
import { tellLine } from './line-event.ts';
import { prepareRender } from './prepare.ts';
import type { RenderTools } from './run-render.ts';
import { storeImage } from './store-image.ts';

/** Draws the image of a render of the sample history, which is done but was never drawn. */
export async function drawSeedImage(
  tools: Pick<RenderTools, 'database' | 'store' | 'renderer'>,
  job: RenderJob,
  signal: AbortSignal,
): Promise<void> {
  const { database, store, renderer } = tools;
  const ready = await database.withTenantAsWorker(job.tenant_id, async (tx) => {
    const found = await findRender(tx, job.render_id);
    if (!found.ok || found.value.status !== 'done' || found.value.imageKey !== null) return null;
    return { render: found.value, request: await prepareRender(tx, found.value) };
  });
  // A material that was unmapped since leaves the render without an image, as it is shown.
  if (ready === null || !ready.request.ok) return;
  const image = await renderer.render(ready.request.value, { signal });
  if (!image.ok) return;
  const imageKey = await storeImage(store, ready.render, image.value);
  await database.withTenantAsWorker(job.tenant_id, async (tx) => {
    const { renders } = schema;
    const [published] = await tx
      .update(renders)
      .set({ imageKey, imageBytes: image.value.bytes.length })
      .where(and(eq(renders.id, job.render_id), isNull(renders.imageKey)))
      .returning();
    if (published !== undefined) await tellLine(tx, published);
  });
}
