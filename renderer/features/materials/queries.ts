import { queryOptions } from '@tanstack/react-query';
import { call } from '../../desk/client.ts';

export const materialKeys = { materials: ['materials'] as const, mappings: ['mappings'] as const };

/** The tenant's library of render materials. */
export const materialsQuery = queryOptions({
  queryKey: materialKeys.materials,
  queryFn: () => call('materials.list', {}),
  staleTime: 5 * 60_000,
});

/** CAD material names and the render materials they stand for. */
export const mappingsQuery = queryOptions({
  queryKey: materialKeys.mappings,
  queryFn: () => call('mappings.list', {}),
});
