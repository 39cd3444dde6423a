import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call } from '../../desk/client.ts';

export interface ProductListFilter {
  query?: string | undefined;
  /** Id of a category; covers what lies below it. */
  category?: string | undefined;
}

const PAGE = 100;

export const productKeys = {
  all: ['products'] as const,
  list: (filter: ProductListFilter) => ['products', 'list', filter] as const,
  detail: (id: string) => ['products', 'detail', id] as const,
};

/** Products that match, page after page. */
export function productListQuery(filter: ProductListFilter) {
  return infiniteQueryOptions({
    queryKey: productKeys.list(filter),
    queryFn: ({ pageParam }) =>
      call('products.list', {
        limit: PAGE,
        cursor: pageParam,
        ...(filter.query ? { query: filter.query } : {}),
        ...(filter.category ? { category: filter.category } : {}),
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });
}

export function productQuery(id: string) {
  return queryOptions({ queryKey: productKeys.detail(id), queryFn: () => call('products.get', { id }) });
}

export const categoriesQuery = queryOptions({
  queryKey: ['categories'] as const,
  queryFn: () => call('categories.list', {}),
  staleTime: 5 * 60_000,
});
