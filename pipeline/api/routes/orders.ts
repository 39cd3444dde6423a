import {
  materialOverrideChangeSchema,
  materialsCheckSchema,
  newOrderSchema,
  orderFilterSchema,
  orderHistoryEntrySchema,
  orderLineSchema,
  orderSchema,
  overrideAnswerSchema,
  pageOf,
  pageQuerySchema,
  renderOverridesChangeSchema,
  renderStatusSchema,
} from '../../../shared/domain/index.ts';
import {
  checkMaterials,
  getOrder,
  listHistory,
  listLines,
  listOrders,
  planCancel,
  planDispatch,
  planMaterialOverride,
  planNewOrder,
  planRenderOverrides,
  planRetryFailed,
} from '../../domain/orders/index.ts';
import { slicePage } from '../../domain/paging.ts';
import { plannedRoute, readRoute, type Route } from '../route.ts';
import { LIST_LIMIT, longPageQuery, refParams } from './common.ts';

const reads: Route[] = [
  readRoute({
    method: 'GET',
    path: '/orders',
    summary: 'Orders, newest first',
    schemas: { query: pageQuerySchema.extend(orderFilterSchema.shape) },
    answer: pageOf(orderSchema),
    run: (context, { query: { limit, cursor, ...filter } }) => listOrders(context, filter, { limit, cursor }),
  }),
  readRoute({
    method: 'GET',
    path: '/orders/:ref',
    summary: 'One order by id or number',
    schemas: { params: refParams },
    answer: orderSchema,
    run: ({ tx }, { params }) => getOrder(tx, params.ref),
  }),
  readRoute({
    method: 'GET',
    path: '/orders/:ref/lines',
    summary: 'Lines of an order by position',
    schemas: { params: refParams, query: pageQuerySchema.extend({ status: renderStatusSchema.optional() }) },
    answer: pageOf(orderLineSchema),
    run: ({ tx }, { params, query }) => listLines(tx, params.ref, query),
  }),
  readRoute({
    method: 'GET',
    path: '/orders/:ref/history',
    summary: 'What happened to an order, oldest first',
    schemas: { params: refParams, query: longPageQuery },
    answer: pageOf(orderHistoryEntrySchema),
    run: async ({ tx }, { params, query }) => slicePage(await listHistory(tx, params.ref), query),
  }),
  readRoute({
    method: 'GET',
    path: '/orders/:ref/materials-check',
    summary: 'CAD materials of an order that no mapping covers',
    schemas: { params: refParams },
    answer: materialsCheckSchema,
    run: ({ tx }, { params }) => checkMaterials(tx, params.ref),
  }),
];

const changes: Route[] = [
  plannedRoute({
    method: 'POST',
    path: '/orders',
    summary: 'Create an order and, unless told otherwise, dispatch it',
    bodyLimit: LIST_LIMIT,
    fails: ['unknown_output_type', 'unknown_material', 'unknown_products', 'empty_order', 'selection_expired'],
    schemas: { body: newOrderSchema },
    answer: orderSchema,
    status: 201,
    run: (context, { body }) => planNewOrder(context, body),
  }),
  plannedRoute({
    method: 'POST',
    path: '/orders/:ref/dispatch',
    summary: 'Dispatch a draft',
    fails: ['illegal_state'],
    schemas: { params: refParams },
    answer: orderSchema,
    run: (context, { params }) => planDispatch(context, params.ref),
  }),
  plannedRoute({
    method: 'POST',
    path: '/orders/:ref/cancel',
    summary: 'Cancel what is not rendered yet',
    fails: ['illegal_state'],
    schemas: { params: refParams },
    answer: orderSchema,
    run: (context, { params }) => planCancel(context, params.ref),
  }),
  plannedRoute({
    method: 'POST',
    path: '/orders/:ref/retry-failed',
    summary: 'Render the failed lines again',
    fails: ['illegal_state'],
    schemas: { params: refParams },
    answer: orderSchema,
    run: (context, { params }) => planRetryFailed(context, params.ref),
  }),
  plannedRoute({
    method: 'PUT',
    path: '/orders/:ref/material-override',
    summary: 'One render material for the whole order, null for none',
    fails: ['illegal_state', 'unknown_material'],
    schemas: { params: refParams, body: materialOverrideChangeSchema },
    answer: overrideAnswerSchema,
    run: (context, { params, body }) => planMaterialOverride(context, params.ref, body.material_name),
  }),
  plannedRoute({
    method: 'PUT',
    path: '/orders/:ref/render-overrides',
    summary: 'Settings that replace those of the output type for the whole order',
    fails: ['illegal_state'],
    schemas: { params: refParams, body: renderOverridesChangeSchema },
    answer: overrideAnswerSchema,
    run: (context, { params, body }) => planRenderOverrides(context, params.ref, body.overrides),
  }),
];

/** Orders and what can be done with them. */
export const orderRoutes: readonly Route[] = [...reads, ...changes];
