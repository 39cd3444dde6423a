import { randomUUID } from 'node:crypto';
import type { CatalogueProduct, HistoryFailure, HistoryOrder } from '../../shared/domain/catalogue.ts';
import type { RenderSettings, RenderStatus } from '../../shared/domain/index.ts';

/** A line of an order of the history, with its one render; a draft's lines have none. */
export interface HistoryLine {
  id: string;
  position: number;
  pimId: string;
  status: RenderStatus;
  render: HistoryRender | null;
}

export interface HistoryRender {
  id: string;
  status: RenderStatus;
  progress: number;
  error: string | null;
  failureReason: string | null;
  durationMs: number | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  log: { at: string; text: string }[];
}

interface LineSource {
  products: readonly CatalogueProduct[];
  settings: RenderSettings;
  createdAt: Date;
}

/** The lines of an order of the history: which failed and why, which were cancelled, and when each was rendered. */
export function linesOf(order: HistoryOrder, { products, settings, createdAt }: LineSource): HistoryLine[] {
  const failures = failuresOf(order, products);
  const firstCancelled = products.length - order.cancelled;
  let at = createdAt.getTime();
  return products.map((product, index) => {
    const line = { id: randomUUID(), position: index + 1, pimId: product.pim_id };
    if (order.status === 'draft') return { ...line, status: 'queued', render: null };
    const failure = failures.get(product.pim_id) ?? null;
    const status = index >= firstCancelled ? 'cancelled' : failure === null ? 'done' : 'failed';
    const duration = durationOf(product.pim_id, settings);
    const render = renderOf({ status, failure, duration, startedAt: Math.min(at, Date.now() - duration) });
    at += duration;
    return { ...line, status, render };
  });
}

/** Which product failed with what: named ones first, the rest counted from the end among those still unharmed. */
function failuresOf(order: HistoryOrder, products: readonly CatalogueProduct[]): Map<string, HistoryFailure> {
  const failed = new Map<string, HistoryFailure>();
  for (const failure of order.failures) for (const id of failure.pim_ids ?? []) failed.set(id, failure);
  const rendered = products.slice(0, products.length - order.cancelled).reverse();
  for (const failure of order.failures.filter(({ pim_ids }) => pim_ids === undefined)) {
    const unharmed = rendered.filter(({ pim_id }) => !failed.has(pim_id)).slice(0, failure.count);
    for (const { pim_id } of unharmed) failed.set(pim_id, failure);
  }
  return failed;
}

interface RenderSource {
  status: 'done' | 'failed' | 'cancelled';
  failure: HistoryFailure | null;
  duration: number;
  startedAt: number;
}

function renderOf({ status, failure, duration, startedAt }: RenderSource): HistoryRender {
  const finishedAt = new Date(startedAt + duration);
  const ran = status !== 'cancelled';
  const end = { done: `Done in ${duration} ms`, failed: `Failed: ${failure?.error ?? ''}`, cancelled: 'Cancelled' }[
    status
  ];
  const started = ran ? [{ at: new Date(startedAt).toISOString(), text: 'Started' }] : [];
  return {
    id: randomUUID(),
    status,
    progress: status === 'done' ? 1 : 0,
    error: status === 'failed' ? (failure?.error ?? null) : null,
    failureReason: status === 'failed' ? (failure?.reason ?? null) : null,
    durationMs: status === 'done' ? duration : null,
    startedAt: ran ? new Date(startedAt) : null,
    finishedAt,
    log: [...started, { at: finishedAt.toISOString(), text: end }],
  };
}

/** Milliseconds a render of the history took: by its pixels, and a little by which product it was. */
function durationOf(pimId: string, { width, height }: RenderSettings): number {
  let hash = 7;
  for (const char of pimId) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 1009;
  return Math.round(60 + ((width * height) / 1_000_000) * (220 + (hash % 180)));
}
