import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Me } from '../../shared/domain/index.ts';
import { canAct } from '../../shared/domain/index.ts';
import { call } from './client.ts';

export const deskKeys = { state: ['desk', 'state'] as const };

/** The desk's state; kept fresh by `desk.state` pushes. */
export const deskStateQuery = queryOptions({
  queryKey: deskKeys.state,
  queryFn: () => call('desk.state', {}),
  staleTime: Infinity,
});

/** The desk's state where it is known. */
export function useDeskState() {
  return useQuery(deskStateQuery).data;
}

/** Who is signed in; null on the sign-in screen. */
export function useMe(): Me | null {
  return useDeskState()?.me ?? null;
}

/** May the user change things? */
export function useCanAct(): boolean {
  const me = useMe();
  return me !== null && canAct(me.user.role);
}

/** The tenant's time zone, in which all times are shown. */
export function useTimeZone(): string {
  return useMe()?.tenant.time_zone ?? 'UTC';
}
