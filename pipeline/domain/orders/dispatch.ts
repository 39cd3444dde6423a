import { sql } from 'drizzle-orm';
import type { Order } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
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
import { startRenders } from './start-renders.ts';
import { allowAction } from './states.ts';

/** Works out the dispatch of a draft: every line gets its first render. */
export async function planDispatch(context: ChangeContext, ref: string): Promise<Result<Plan<Order>>> {
  const { tx, lock } = context;
  const found = await findOrder(tx, ref, lock);
  if (!found.ok) return found;
  const { order } = found.value;
  const allowed = allowAction('dispatch', order);
  if (!allowed.ok) return allowed;
  const settings = effectiveSettings(order.baseSettings, order.renderOverrides);
  const lines = sql`l.order_id = ${order.id}`;
  const unmapped = order.materialOverride === null ? await unmappedOfLines(tx, lines) : [];
  const outlook = { settings, materialOverride: order.materialOverride, unmapped };
  const sentence = `${renderPhrase(order.linesTotal, settings)}${outlookPhrase(outlook)}`;
  return ok({
    effect: {
      summary: `Dispatch of ${order.number}: ${sentence}`,
      counts: { orders: 1, products: order.linesTotal, renders: order.linesTotal, unmapped: unmapped.length },
      sample: productSample(unmapped, await sampleOfLines(tx, lines)),
    },
    snapshot: snapshotOf(
      'dispatch',
      order.id,
      order.revision,
      settings,
      unmapped.map(({ id }) => id),
    ),
    rows: (request) => lineRows(tx, { lines, unmapped }, request),
    execute: () => dispatch(context, found.value, `Dispatched: ${sentence}.`),
  });
}

async function dispatch({ tx, actor, queue }: ChangeContext, found: FoundOrder, text: string): Promise<Order> {
  const { order, creator } = found;
  const after = await saveOrder(tx, order, {
    status: 'queued',
    set: { dispatchedAt: new Date(), revision: order.revision + 1 },
  });
  await queue.enqueue(tx, order.tenantId, await startRenders(tx, order, ['queued']));
  await note(tx, actor, { orderId: order.id, event: 'dispatched', text });
  return presentOrder({ order: after, creator });
}
