import type { z } from 'zod';
import {
  categorySchema,
  materialMappingSchema,
  materialSchema,
  materialsCheckSchema,
  orderHistoryEntrySchema,
  orderLineSchema,
  orderSchema,
  outputTypeSchema,
  pageOf,
  productSchema,
  queryAnswerSchema,
  renderLogSchema,
  renderSchema,
  renderStatsSchema,
  resolveAnswerSchema,
  selectionSchema,
  tenantConfigSchema,
  type NewSelection,
  type statsQuerySchema,
} from '../../shared/domain/index.ts';
import type { PipelineHttp, PipelineRequest } from './http.ts';

type Query = NonNullable<PipelineRequest<unknown>['query']>;
export type StatsQuery = Partial<z.input<typeof statsQuerySchema>>;

/** Resolving 100,000 references or running a query may take longer than an ordinary read. */
const LONG_MS = 60_000;

const segment = encodeURIComponent;

/** Everything of the REST API that changes no order, override, mapping or setting. */
export function pipelineReads(http: PipelineHttp) {
  const get = <T>(path: string, answer: z.ZodType<T>, query: Query = {}, signal?: AbortSignal) =>
    http.send({ method: 'GET', path, query, answer, signal });
  return {
    orders: (query: Query, signal?: AbortSignal) => get('/orders', pageOf(orderSchema), query, signal),
    order: (ref: string, signal?: AbortSignal) => get(`/orders/${segment(ref)}`, orderSchema, {}, signal),
    orderLines: (ref: string, query: Query, signal?: AbortSignal) =>
      get(`/orders/${segment(ref)}/lines`, pageOf(orderLineSchema), query, signal),
    orderHistory: (ref: string) => get(`/orders/${segment(ref)}/history`, listOf(orderHistoryEntrySchema)),
    materialsCheck: (ref: string, signal?: AbortSignal) =>
      get(`/orders/${segment(ref)}/materials-check`, materialsCheckSchema, {}, signal),
    products: (query: Query, signal?: AbortSignal) => get('/products', pageOf(productSchema), query, signal),
    product: (id: string) => get(`/products/${segment(id)}`, productSchema),
    categories: () => get('/categories', listOf(categorySchema)),
    outputTypes: (signal?: AbortSignal) => get('/output-types', listOf(outputTypeSchema), {}, signal),
    materials: (signal?: AbortSignal) => get('/materials', listOf(materialSchema), {}, signal),
    mappings: () => get('/material-mappings', listOf(materialMappingSchema)),
    render: (id: string) => get(`/renders/${segment(id)}`, renderSchema),
    renderLog: (id: string) => get(`/renders/${segment(id)}/log`, renderLogSchema),
    renderStats: (query: StatsQuery, signal?: AbortSignal) => get('/stats/renders', renderStatsSchema, query, signal),
    config: () => get('/tenant/config', tenantConfigSchema),
    selection: (id: string) => get(`/selections/${segment(id)}`, selectionSchema),
    query: (sql: string, signal?: AbortSignal) =>
      http.send({
        method: 'POST',
        path: '/query',
        body: { sql },
        answer: queryAnswerSchema,
        signal,
        timeoutMs: LONG_MS,
      }),
    resolve: (references: string[], signal?: AbortSignal) =>
      http.send({
        method: 'POST',
        path: '/products/resolve',
        body: { references },
        answer: resolveAnswerSchema,
        signal,
        timeoutMs: LONG_MS,
      }),
    createSelection: (body: NewSelection, key: string, signal?: AbortSignal) =>
      http.send({
        method: 'POST',
        path: '/selections',
        body,
        headers: { 'Idempotency-Key': key },
        answer: selectionSchema,
        signal,
        timeoutMs: LONG_MS,
      }),
  };
}

export type PipelineReads = ReturnType<typeof pipelineReads>;

/** A list that the pipeline gives whole, on one page. */
function listOf<T extends z.ZodType>(item: T) {
  return pageOf(item).transform((page) => page.items);
}
