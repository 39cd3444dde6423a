import { sql } from 'drizzle-orm';
import type { z } from 'zod';
import type { newOrderSchema, Order, RenderSettings } from '../../../shared/domain/index.ts';
import { ok, type Result } from '../../../shared/errors/index.ts';
import { schema } from '../../db/index.ts';
import type { ChangeContext } from '../context.ts';
import { tell } from '../events/outbox.ts';
import { namedMaterial } from '../materials/index.ts';
import { snapshotOf, type Plan } from '../plan.ts';
import { anyId } from '../sql.ts';
import { tenantTimeZone } from '../tenants/index.ts';
import { yearIn } from '../time.ts';
import { orderSentence, productSample, SAMPLE_SIZE, type SampleProduct } from './effect.ts';
import { note } from './history.ts';
import { namedOutputType } from './named-output-type.ts';
import { nextOrderNumber } from './number.ts';
import { pickProducts } from './pick-products.ts';
import { presentOrder, type OrderRow } from './present.ts';
import { orderChanged } from './save.ts';
import { productRows } from './rows.ts';
import { effectiveSettings } from './settings.ts';
import { startRenders } from './start-renders.ts';
import { findUnmapped, type UnmappedProduct } from './unmapped.ts';

type NewOrder = z.output<typeof newOrderSchema>;

/** Everything a new order consists of, with all names resolved. */
interface Draft {
  productIds: string[];
  outputType: { id: string; name: string; settings: RenderSettings };
  renderOverrides: OrderRow['renderOverrides'];
  materialOverride: string | null;
  dispatch: boolean;
  settings: RenderSettings;
  unmapped: UnmappedProduct[];
}

/** Works out a new order: from product ids or a selection, dispatched at once or left as a draft. */
export async function planNewOrder(context: ChangeContext, asked: NewOrder): Promise<Result<Plan<Order>>> {
  const draft = await resolveDraft(context, asked);
  if (!draft.ok) return draft;
  const { productIds, settings, unmapped, dispatch, materialOverride, outputType } = draft.value;
  const sample = await firstProducts(context, productIds);
  return ok({
    effect: {
      summary: orderSentence(productIds.length, { settings, materialOverride, unmapped }, dispatch),
      counts: {
        orders: 1,
        products: productIds.length,
        renders: dispatch ? productIds.length : 0,
        unmapped: unmapped.length,
      },
      sample: productSample(unmapped, sample),
    },
    snapshot: snapshotOf(
      productIds,
      outputType.id,
      settings,
      materialOverride,
      dispatch,
      unmapped.map(({ id }) => id),
    ),
    execute: () => makeOrder(context, draft.value),
    rows: (request) => productRows(context.tx, { ids: productIds, unmapped }, request),
  });
}

async function resolveDraft(context: ChangeContext, asked: NewOrder): Promise<Result<Draft>> {
  const { tx } = context;
  const productIds = await pickProducts(context, asked);
  if (!productIds.ok) return productIds;
  const outputType = await namedOutputType(tx, asked.output_type_name);
  if (!outputType.ok) return outputType;
  const override = asked.material_override ?? null;
  const material = override === null ? ok(null) : await namedMaterial(tx, override, 'material_override');
  if (!material.ok) return material;
  const renderOverrides = asked.render_overrides ?? {};
  return ok({
    productIds: productIds.value,
    outputType: outputType.value,
    renderOverrides,
    materialOverride: material.value?.name ?? null,
    dispatch: asked.dispatch,
    settings: effectiveSettings(outputType.value.settings, renderOverrides),
    unmapped: material.value === null ? await findUnmapped(tx, sql`p.id = ${anyId(productIds.value)}`) : [],
  });
}

async function firstProducts({ tx }: ChangeContext, ids: readonly string[]): Promise<SampleProduct[]> {
  const answer = await tx.execute<{ id: string; pim_id: string; name: string }>(
    sql`SELECT p.id, p.pim_id, p.name FROM rd.products p WHERE p.id = ${anyId(ids.slice(0, SAMPLE_SIZE))} ORDER BY p.pim_id`,
  );
  return answer.rows;
}

async function makeOrder(context: ChangeContext, draft: Draft): Promise<Order> {
  const { tx, actor, queue } = context;
  const number = await nextOrderNumber(tx, actor.tenantId, yearIn(await tenantTimeZone(tx), new Date()));
  const order = await insertOrder(context, draft, number);
  await insertLines(context, order, draft.productIds);
  if (draft.dispatch) await queue.enqueue(tx, actor.tenantId, await startRenders(tx, order, ['queued']));
  const text = `${orderSentence(draft.productIds.length, draft, draft.dispatch)}.`;
  await note(tx, actor, { orderId: order.id, event: 'created', text });
  await tell(tx, actor.tenantId, orderChanged(order));
  return presentOrder({ order, creator: { id: actor.userId, name: actor.userName } });
}

async function insertOrder({ tx, actor }: ChangeContext, draft: Draft, number: string): Promise<OrderRow> {
  const [order] = await tx
    .insert(schema.orders)
    .values({
      tenantId: actor.tenantId,
      number,
      status: draft.dispatch ? 'queued' : 'draft',
      outputTypeId: draft.outputType.id,
      outputTypeName: draft.outputType.name,
      baseSettings: draft.outputType.settings,
      renderOverrides: draft.renderOverrides,
      materialOverride: draft.materialOverride,
      createdBy: actor.userId,
      linesTotal: draft.productIds.length,
      linesQueued: draft.productIds.length,
      dispatchedAt: draft.dispatch ? new Date() : null,
    })
    .returning();
  if (order === undefined) throw new Error('No order was made.');
  return order;
}

async function insertLines({ tx }: ChangeContext, order: OrderRow, productIds: readonly string[]): Promise<void> {
  await tx.execute(sql`
    INSERT INTO rd.order_lines (tenant_id, order_id, position, product_id, status)
    SELECT ${order.tenantId}::uuid, ${order.id}::uuid, item.position, item.id, 'queued'
    FROM unnest(${sql.param(productIds)}::uuid[]) WITH ORDINALITY AS item (id, position)`);
}
