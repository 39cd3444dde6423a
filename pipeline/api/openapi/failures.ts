import { statusOf, type ErrorCode } from '../../../shared/errors/index.ts';
import type { Route } from '../route.ts';

const ALWAYS: readonly ErrorCode[] = [
  'bad_request',
  'validation_failed',
  'rate_limited',
  'header_too_large',
  'internal_error',
  'unavailable',
];
const WITH_BODY: readonly ErrorCode[] = ['payload_too_large', 'unsupported_media_type'];
const CHANGE: readonly ErrorCode[] = ['key_required', 'key_reused', 'in_flight'];

/** Every code that a route may answer, by status: those of all routes of its kind, and its own. */
export function failuresOf(route: Route): Map<number, ErrorCode[]> {
  const codes = new Set<ErrorCode>([
    ...ALWAYS,
    ...(route.access === 'public' ? [] : (['unauthorized'] as const)),
    ...(route.access === 'operator' || route.access === 'admin' ? (['forbidden'] as const) : []),
    ...(route.path.includes('/:') ? (['not_found'] as const) : []),
    ...(route.method === 'GET' ? [] : WITH_BODY),
    ...(route.kind === 'change' || route.kind === 'planned' ? CHANGE : []),
    ...(route.kind === 'planned' ? (['snapshot_changed'] as const) : []),
    ...(route.conditional === true ? (['range_not_satisfiable'] as const) : []),
    ...(route.fails ?? []),
  ]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  return new Map([...byStatus].sort(([a], [b]) => a - b));
}
