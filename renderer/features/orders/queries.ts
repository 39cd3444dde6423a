import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { OrderStatus, RenderStatus } from '../../../shared/domain/index.ts';
import { call } from '../../desk/client.ts';

export interface OrderListFilter {
  status?: OrderStatus | undefined;
  text?: string | undefined;
  mine?: boolean | undefined;
}

export interface LineFilter {
  status?: RenderStatus | undefined;
}

const PAGE = 100;

/** Cache keys of orders; `ref` is a number or an id, whatever the view was opened by. */
export const orderKeys = {
  lists: ['orders', 'list'] as const,
  list: (filter: OrderListFilter) => ['orders', 'list', filter] as const,
  details: ['orders', 'detail'] as const,
  detail: (ref: string) => ['orders', 'detail', ref] as const,
  allLines: ['orders', 'lines'] as const,
  lines: (ref: string, filter: LineFilter) => ['orders', 'lines', ref, filter] as const,
  histories: ['orders', 'history'] as const,
  history: (ref: string) => ['orders', 'history', ref] as const,
  checks: ['orders', 'check'] as const,
  check: (ref: string) => ['orders', 'check', ref] as const,
  stats: ['orders', 'stats'] as const,
};

/** Orders, newest first, page after page. */
export function orderListQuery(filter: OrderListFilter) {
  return infiniteQueryOptions({
    queryKey: orderKeys.list(filter),
    queryFn: ({ pageParam }) =>
      call('orders.list', {
        limit: PAGE,
        cursor: pageParam,
        ...(filter.status ? { status: filter.status } : {}),
        ...(filter.text ? { text: filter.text } : {}),
        ...(filter.mine ? { mine: true } : {}),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function orderQuery(ref: string) {
  return queryOptions({ queryKey: orderKeys.detail(ref), queryFn: () => call('orders.get', { ref }) });
}

/** Lines of an order by position, page after page. */
export function orderLinesQuery(ref: string, filter: LineFilter) {
  return infiniteQueryOptions({
    queryKey: orderKeys.lines(ref, filter),
    queryFn: ({ pageParam }) =>
      call('orders.lines', {
        ref,
        limit: PAGE,
        cursor: pageParam,
        ...(filter.status ? { status: filter.status } : {}),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function orderHistoryQuery(ref: string) {
  return queryOptions({ queryKey: orderKeys.history(ref), queryFn: () => call('orders.history', { ref }) });
}

export function materialsCheckQuery(ref: string) {
  return queryOptions({ queryKey: orderKeys.check(ref), queryFn: () => call('orders.materials_check', { ref }) });
}

/** Render figures of the current week in the tenant's time zone. */
export const weekStatsQuery = queryOptions({
  queryKey: orderKeys.stats,
  queryFn: () => call('stats.renders', { period: 'this_week' }),
});

export function renderQuery(id: string) {
  return queryOptions({ queryKey: ['renders', 'detail', id] as const, queryFn: () => call('renders.get', { id }) });
}

export function renderLogQuery(id: string) {
  return queryOptions({ queryKey: ['renders', 'log', id] as const, queryFn: () => call('renders.log', { id }) });
}

export const outputTypesQuery = queryOptions({
  queryKey: ['output-types'] as const,
  queryFn: () => call('output_types.list', {}),
  staleTime: 5 * 60_000,
});
