import { sql, type SQL } from 'drizzle-orm';
import type { Effect, Order, RenderOverrides } from '../../../shared/domain/index.ts';
import { isFinalOrderStatus } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import type { ChangeContext } from '../context.ts';
import { namedMaterial } from '../materials/index.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { json } from '../sql.ts';
import { findOrder } from './find.ts';
import { note } from './history.ts';
import { unmappedOfLines } from './order-products.ts';
import { presentOrder, type FoundOrder, type OrderRow } from './present.ts';
import { lineRows } from './rows.ts';
import { saveOrder } from './save.ts';
import { counted, effectiveSettings } from './settings.ts';
import { allowAction } from './states.ts';

/** An order after its override changed, with what stood there before so that it can be undone. */
export interface OverrideAnswer {
  order: Order;
  previous: unknown;
}

type Overridden = Pick<OrderRow, 'materialOverride' | 'renderOverrides'>;

/** Works out a material for the whole order, or null to take each product's own again. */
export async function planMaterialOverride(
  context: ChangeContext,
  ref: string,
  materialName: string | null,
): Promise<Result<Plan<OverrideAnswer>>> {
  const found = await overridable(context, ref);
  if (!found.ok) return found;
  const material = materialName === null ? ok(null) : await namedMaterial(context.tx, materialName, 'material_name');
  if (!material.ok) return material;
  const { order } = found.value;
  const next = material.value?.name ?? null;
  return ok(
    planOverride(context, found.value, {
      what: `Material override of ${order.number}: ${order.materialOverride ?? 'none'} -> ${next ?? 'none'}`,
      set: { materialOverride: next, renderOverrides: order.renderOverrides },
      event: 'material_override',
      previous: order.materialOverride,
    }),
  );
}

/** Works out settings that replace the output type's for the whole order; `{}` removes them all. */
export async function planRenderOverrides(
  context: ChangeContext,
  ref: string,
  overrides: RenderOverrides,
): Promise<Result<Plan<OverrideAnswer>>> {
  const found = await overridable(context, ref);
  if (!found.ok) return found;
  const { order } = found.value;
  return ok(
    planOverride(context, found.value, {
      what: `Render overrides of ${order.number}: ${spokenOverrides(order.renderOverrides)} -> ${spokenOverrides(overrides)}`,
      set: { materialOverride: order.materialOverride, renderOverrides: overrides },
      event: 'render_overrides',
      previous: order.renderOverrides,
    }),
  );
}

async function overridable({ tx, lock }: ChangeContext, ref: string): Promise<Result<FoundOrder>> {
  const found = await findOrder(tx, ref, lock);
  if (!found.ok) return found;
  const allowed = allowAction('override', found.value.order);
  return allowed.ok ? found : allowed;
}

interface OverrideChange {
  what: string;
  set: Overridden;
  event: string;
  previous: unknown;
}

function planOverride(context: ChangeContext, found: FoundOrder, change: OverrideChange): Plan<OverrideAnswer> {
  const { order } = found;
  return {
    effect: overrideEffect(order, change.what),
    snapshot: snapshotOf(change.event, order.id, order.revision, isFinalOrderStatus(order.status), change.set),
    rows: async (request) => {
      const lines = reached(order);
      const unmapped = change.set.materialOverride === null ? await unmappedOfLines(context.tx, lines) : [];
      return await lineRows(context.tx, { lines, unmapped }, request);
    },
    execute: async () => {
      await applyToWaiting(context, order, change.set);
      const after = await saveOrder(context.tx, order, { set: { ...change.set, revision: order.revision + 1 } });
      await note(context.tx, context.actor, { orderId: order.id, event: change.event, text: `${change.what}.` });
      return { order: presentOrder({ order: after, creator: found.creator }), previous: change.previous };
    },
  };
}

/** The lines that will be rendered with it: not yet started, or failed and perhaps retried. */
function reached(order: OrderRow): SQL {
  return sql`l.order_id = ${order.id} AND l.status IN ('queued', 'failed')`;
}

function overrideEffect(order: OrderRow, what: string): Effect {
  const waiting = isFinalOrderStatus(order.status) ? 0 : order.linesQueued;
  return {
    summary: `${what}${reach(order, waiting)}`,
    counts: { orders: 1, products: order.linesTotal, renders: waiting, failed: order.linesFailed },
    sample: [{ id: order.id, label: order.number }],
  };
}

/**
 * Which renders will see the change: those not yet started, and failed ones once they are retried. What renders or has
 * ended keeps what it began with, and the sentence says so where there is any.
 */
function reach(order: OrderRow, waiting: number): string {
  const seen = [
    waiting > 0 ? `for ${counted(waiting, 'render')} not yet started` : '',
    order.linesFailed > 0 ? `for ${counted(order.linesFailed, 'failed render')} when retried` : '',
  ].filter(Boolean);
  const kept = [
    order.linesRunning > 0 ? `${order.linesRunning} running` : '',
    order.linesDone > 0 ? `${order.linesDone} done` : '',
  ].filter(Boolean);
  const reached = seen.length === 0 ? 'nothing is left to render with it' : seen.join(' and ');
  return `, ${reached}${kept.length === 0 ? '' : `; ${kept.join(' and ')} stay as they began`}`;
}

/** Renders that wait take the new settings; one that runs or has ended keeps what it was made with. */
async function applyToWaiting({ tx }: ChangeContext, order: OrderRow, set: Overridden): Promise<void> {
  const settings = effectiveSettings(order.baseSettings, set.renderOverrides);
  await tx.execute(sql`
    UPDATE rd.renders SET settings = ${json(settings)}, material_override = ${set.materialOverride}::text
    WHERE order_id = ${order.id} AND status = 'queued'`);
}

function spokenOverrides(overrides: RenderOverrides): string {
  const parts = Object.entries(overrides).map(([name, value]) => `${name} ${value}`);
  return parts.length === 0 ? 'none' : parts.join(', ');
}
