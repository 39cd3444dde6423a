import { sql } from 'drizzle-orm';
import type { Order } from '../../../shared/domain/index.ts';
import { fail, ok, type Result } from '../../../shared/errors/index.ts';
import type { ChangeContext } from '../context.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { outlookPhrase, productSample } from './effect.ts';
import { findOrder } from './find.ts';
import { note } from './history.ts';
import { sampleOfLines, unmappedOfLines } from './order-products.ts';
import { presentOrder, type FoundOrder } from './present.ts';
import { lineRows } from './rows.ts';
import { saveOrder } from './save.ts';
import { effectiveSettings, renderPhrase } from './settings.ts';
import { startRenders, tellLines } from './start-renders.ts';
import { allowAction } from './states.ts';

/** Works out another attempt at every failed line, with the order's overrides as they are now. */
export async function planRetryFailed(context: ChangeContext, ref: string): Promise<Result<Plan<Order>>> {
  const { tx, lock } = context;
  const found = await findOrder(tx, ref, lock);
  if (!found.ok) return found;
  const { order } = found.value;
  const allowed = allowAction('retry_failed', order);
  if (!allowed.ok) return allowed;
  if (order.linesFailed === 0) return fail('illegal_state', `No render of ${order.number} has failed.`);
  const settings = effectiveSettings(order.baseSettings, order.renderOverrides);
  const failed = sql`l.order_id = ${order.id} AND l.status = 'failed'`;
  const unmapped = order.materialOverride === null ? await unmappedOfLines(tx, failed) : [];
  const sentence =
    `${renderPhrase(order.linesFailed, settings)} again` +
    outlookPhrase({ settings, materialOverride: order.materialOverride, unmapped });
  return ok({
    effect: {
      summary: `Retry the failed of ${order.number}: ${sentence}`,
      counts: { orders: 1, products: order.linesFailed, renders: order.linesFailed, unmapped: unmapped.length },
      sample: productSample(unmapped, await sampleOfLines(tx, failed)),
    },
    snapshot: snapshotOf(
      'retry',
      order.id,
      order.revision,
      order.linesFailed,
      settings,
      unmapped.map(({ id }) => id),
    ),
    rows: (request) => lineRows(tx, { lines: failed, unmapped }, request),
    execute: () => retryFailed(context, found.value, `Failed renders retried: ${sentence}.`),
  });
}

async function retryFailed({ tx, actor, queue }: ChangeContext, found: FoundOrder, text: string): Promise<Order> {
  const { order, creator } = found;
  const renders = await startRenders(tx, order, ['failed']);
  const after = await saveOrder(tx, order, {
    moves: [{ from: 'failed', to: 'queued', count: renders.length }],
    status: order.status === 'running' ? 'running' : 'queued',
    set: { revision: order.revision + 1 },
  });
  await queue.enqueue(tx, order.tenantId, renders);
  await tellLines(tx, order.id, renders);
  await note(tx, actor, { orderId: order.id, event: 'retried', text });
  return presentOrder({ order: after, creator });
}
