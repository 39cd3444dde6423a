import { z } from 'zod';
import type { OrderAction } from '../../shared/contract/index.ts';
import {
  dryRunSchema,
  effectSchema,
  materialMappingSchema,
  orderSchema,
  overrideAnswerSchema,
  tenantConfigSchema,
  type DryRun,
  type MaterialMapping,
  type NewOrder,
  type Order,
  type RenderOverrides,
  type TenantConfig,
} from '../../shared/domain/index.ts';
import type { Result } from '../../shared/errors/index.ts';
import type { PipelineHttp } from './http.ts';

/** A change as the REST API takes it. A plain value: it can be tried, shown, stored and sent later. */
export interface PipelineChange<T> {
  method: 'POST' | 'PUT';
  path: string;
  body: unknown;
  answer: z.ZodType<T>;
}

export interface SendChange {
  /** Under which the change counts once, however often it is sent. */
  key: string;
  /** `click`, or `assistant; tool_call=<id>`. */
  origin: string;
  /** Of the dry run that was shown; the pipeline refuses with `snapshot_changed` if the world moved. */
  snapshot?: string | null | undefined;
  signal?: AbortSignal | undefined;
}

/** Which rows behind an effect's numbers to show. */
export interface EffectRowsQuery {
  only: 'all' | 'problems';
  cursor?: string | null | undefined;
}

export type OverrideAnswer = z.infer<typeof overrideAnswerSchema>;

const order = (ref: string, action: string): string => `/orders/${encodeURIComponent(ref)}/${action}`;

/** The changes of the REST API, each built from what a person or a tool says. */
export const changes = {
  createOrder: (body: NewOrder): PipelineChange<Order> => ({
    method: 'POST',
    path: '/orders',
    body,
    answer: orderSchema,
  }),
  dispatch: (ref: string): PipelineChange<Order> => post(order(ref, 'dispatch')),
  cancel: (ref: string): PipelineChange<Order> => post(order(ref, 'cancel')),
  retryFailed: (ref: string): PipelineChange<Order> => post(order(ref, 'retry-failed')),
  setMaterialOverride: (ref: string, materialName: string | null): PipelineChange<OverrideAnswer> => ({
    method: 'PUT',
    path: order(ref, 'material-override'),
    body: { material_name: materialName },
    answer: overrideAnswerSchema,
  }),
  setRenderOverrides: (ref: string, overrides: RenderOverrides): PipelineChange<OverrideAnswer> => ({
    method: 'PUT',
    path: order(ref, 'render-overrides'),
    body: { overrides },
    answer: overrideAnswerSchema,
  }),
  putMapping: (body: { cad_material: string; material_name: string | null }): PipelineChange<MaterialMapping> => ({
    method: 'PUT',
    path: '/material-mappings',
    body,
    answer: materialMappingSchema,
  }),
  putConfig: (body: Partial<TenantConfig>): PipelineChange<TenantConfig> => ({
    method: 'PUT',
    path: '/tenant/config',
    body,
    answer: tenantConfigSchema,
  }),
};

/** The change behind a click on an order; its answer is always the order. */
export function changeOfAction(ref: string, action: OrderAction): PipelineChange<Order> {
  switch (action.kind) {
    case 'dispatch':
      return changes.dispatch(ref);
    case 'cancel':
      return changes.cancel(ref);
    case 'retry_failed':
      return changes.retryFailed(ref);
    case 'material_override':
      return orderOf(changes.setMaterialOverride(ref, action.material_name));
    case 'render_overrides':
      return orderOf(changes.setRenderOverrides(ref, action.overrides));
  }
}

/** Works out a change's effect without doing it. */
export function dryRun(
  http: PipelineHttp,
  change: PipelineChange<unknown>,
  send: SendChange & { rows?: EffectRowsQuery | undefined },
): Promise<Result<DryRun>> {
  const { method, path, body } = change;
  const rows = send.rows ? { rows: send.rows.only, rows_cursor: send.rows.cursor } : {};
  const headers = changeHeaders(send);
  return http.send({
    method,
    path,
    body,
    headers,
    query: { dry_run: true, ...rows },
    answer: dryRunSchema,
    signal: send.signal,
  });
}

/** Does a change. Sent again under the same key it gives the first answer again. */
export function runChange<T>(http: PipelineHttp, change: PipelineChange<T>, send: SendChange): Promise<Result<T>> {
  const { method, path, body, answer } = change;
  const query = send.snapshot ? { snapshot: send.snapshot } : {};
  return http.send({ method, path, body, headers: changeHeaders(send), query, answer, signal: send.signal });
}

/** The new effect that comes with `snapshot_changed`; undefined where the pipeline sent none. */
export function newEffectOf(details: Readonly<Record<string, unknown>> | undefined): DryRun | undefined {
  const parsed = z.object({ effect: effectSchema, snapshot: z.string() }).safeParse(details);
  return parsed.success ? parsed.data : undefined;
}

function changeHeaders(send: SendChange): Record<string, string> {
  return { 'Idempotency-Key': send.key, 'Renderdesk-Origin': send.origin };
}

function post(path: string): PipelineChange<Order> {
  return { method: 'POST', path, body: {}, answer: orderSchema };
}

function orderOf(change: PipelineChange<OverrideAnswer>): PipelineChange<Order> {
  return { ...change, answer: change.answer.transform((answer) => answer.order) };
}
