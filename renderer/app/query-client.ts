import { QueryClient } from '@tanstack/react-query';
import { failureOf } from '../desk/client.ts';

/** Failures that may be gone in a moment. */
const PASSING = new Set(['unavailable', 'pipeline_unreachable', 'rate_limited', 'query_busy', 'in_flight']);

/** Caches of server data. Pushes keep them fresh, so a remount alone asks again only after half a minute. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < 2 && PASSING.has(failureOf(error).code),
        retryDelay: (count) => 400 * 2 ** count,
        // The desk is on this machine: the browser's idea of being online says nothing about it.
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
