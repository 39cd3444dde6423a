import { sql } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { pickHistoryProducts, type HistoryOrder } from '../../shared/domain/catalogue.ts';
import type { RenderSettings, Role } from '../../shared/domain/index.ts';
import { schema, type Tx } from '../db/index.ts';
import { effectiveSettings, orderCounterName } from '../domain/orders/index.ts';
import type { Catalogue } from './catalogue.ts';
import { linesOf, type HistoryLine } from './history-lines.ts';
import { need } from './library.ts';
import { placeOrders } from './placement.ts';

export interface HistorySeed {
  tenantId: string;
  timeZone: string;
  catalogue: Catalogue;
  productIds: ReadonlyMap<string, string>;
  /** Who made the orders, by role. */
  users: ReadonlyMap<Role, { id: string; name: string }>;
}

/** One order of the history with everything worked out. */
interface Placed {
  id: string;
  history: HistoryOrder;
  createdAt: Date;
  settings: RenderSettings;
  baseSettings: RenderSettings;
  lines: HistoryLine[];
}

/** Writes the sample history relative to now. Returns the ids of the renders that are done, whose images are still to be drawn. */
export async function insertHistory(tx: Tx, seed: HistorySeed): Promise<string[]> {
  const { orders } = seed.catalogue['history.json'];
  const times = await placeOrders(tx, orders, seed.timeZone);
  const placed = orders.map((history, index) => place(seed, history, times[index] ?? new Date()));
  await insertOrders(tx, seed, placed);
  await insertLines(tx, seed, placed);
  await insertNotes(tx, seed, placed);
  await insertCounters(tx, seed, orders);
  const lines = placed.flatMap((order) => order.lines);
  return lines.flatMap((line) => (line.render?.status === 'done' ? [line.render.id] : []));
}

function place(seed: HistorySeed, history: HistoryOrder, createdAt: Date): Placed {
  const type = seed.catalogue['output-types.json'].find(({ name }) => name === history.output_type);
  if (type === undefined)
    throw new Error(`The history names the output type ${history.output_type}, which is not there.`);
  const settings = effectiveSettings(type.settings, history.render_overrides);
  const products = pickHistoryProducts(seed.catalogue['products.json'], history.products);
  const lines = linesOf(history, { products, settings, createdAt });
  return { id: randomUUID(), history, createdAt, settings, baseSettings: type.settings, lines };
}

async function insertOrders(tx: Tx, seed: HistorySeed, placed: readonly Placed[]): Promise<void> {
  const types = await tx.select({ id: schema.outputTypes.id, name: schema.outputTypes.name }).from(schema.outputTypes);
  const typeIds = new Map(types.map(({ id, name }) => [name, id]));
  await tx.insert(schema.orders).values(
    placed.map(({ id, history, createdAt, baseSettings, lines }) => {
      const count = (status: HistoryLine['status']): number => lines.filter((line) => line.status === status).length;
      const isDraft = history.status === 'draft';
      return {
        id,
        tenantId: seed.tenantId,
        number: history.number,
        status: history.status,
        outputTypeId: need(typeIds, history.output_type),
        outputTypeName: history.output_type,
        baseSettings,
        renderOverrides: history.render_overrides,
        materialOverride: history.material_override,
        createdBy: need(seed.users, history.created_by).id,
        linesTotal: lines.length,
        linesQueued: count('queued'),
        linesDone: count('done'),
        linesFailed: count('failed'),
        linesCancelled: count('cancelled'),
        createdAt,
        dispatchedAt: isDraft ? null : createdAt,
        finishedAt: isDraft ? null : endOf(lines, createdAt),
      };
    }),
  );
}

async function insertLines(tx: Tx, seed: HistorySeed, placed: readonly Placed[]): Promise<void> {
  const { tenantId } = seed;
  const lines = placed.flatMap((order) => order.lines.map((line) => ({ order, line })));
  await tx.insert(schema.orderLines).values(
    lines.map(({ order, line }) => ({
      id: line.id,
      tenantId,
      orderId: order.id,
      position: line.position,
      productId: need(seed.productIds, line.pimId),
      status: line.status,
      renderId: line.render?.id ?? null,
      attempts: line.render === null ? 0 : 1,
      error: line.render?.error ?? null,
    })),
  );
  await tx.insert(schema.renders).values(
    lines.flatMap(({ order, line: { id: lineId, render } }) => {
      if (render === null) return [];
      const { settings, history, createdAt, id: orderId } = order;
      const materialOverride = history.material_override;
      return [{ ...render, tenantId, orderId, lineId, attempt: 1, settings, materialOverride, createdAt }];
    }),
  );
}

async function insertNotes(tx: Tx, seed: HistorySeed, placed: readonly Placed[]): Promise<void> {
  const notes = placed.flatMap(({ id: orderId, history, createdAt, lines }) => {
    const actor = need(seed.users, history.created_by).name;
    const made = {
      at: createdAt,
      actor,
      origin: 'click',
      event: 'created',
      text: `Order for ${lines.length} products.`,
    };
    const done = lines.filter((line) => line.status === 'done').length;
    const text = `${history.status.replaceAll('_', ' ')}: ${done} of ${lines.length} renders done.`;
    const ended = { at: endOf(lines, createdAt), actor: 'Pipeline', origin: 'pipeline', event: 'finished', text };
    return (history.status === 'draft' ? [made] : [made, ended]).map((note) => ({
      ...note,
      tenantId: seed.tenantId,
      orderId,
    }));
  });
  await tx.insert(schema.orderHistory).values(notes.sort((a, b) => a.at.getTime() - b.at.getTime()));
}

/** The next order's number goes on after the last of its year. */
async function insertCounters(tx: Tx, { tenantId }: HistorySeed, orders: readonly HistoryOrder[]): Promise<void> {
  const last = new Map<string, number>();
  for (const { number } of orders) {
    const [, year, count] = /^SA-(\d{4})-(\d{5})$/.exec(number) ?? [];
    const name = orderCounterName(Number(year));
    last.set(name, Math.max(last.get(name) ?? 0, Number(count)));
  }
  await tx
    .insert(schema.tenantCounters)
    .values([...last].map(([name, value]) => ({ tenantId, name, value })))
    .onConflictDoUpdate({
      target: [schema.tenantCounters.tenantId, schema.tenantCounters.name],
      set: { value: sql`excluded.value` },
    });
}

function endOf(lines: readonly HistoryLine[], createdAt: Date): Date {
  const ends = lines.map((line) => line.render?.finishedAt?.getTime() ?? 0);
  return new Date(Math.max(createdAt.getTime(), ...ends));
}
