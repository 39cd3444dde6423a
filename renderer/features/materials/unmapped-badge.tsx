import { useQuery } from '@tanstack/react-query';
import { mappingsQuery } from './queries.ts';

/** How many CAD materials have no mapping. Nothing where that is not known: the page itself tells. */
export function UnmappedBadge() {
  const mappings = useQuery(mappingsQuery).data ?? [];
  const unmapped = mappings.filter((mapping) => mapping.material_name === null).length;
  if (unmapped === 0) return null;
  return (
    <span
      title={`${unmapped} unmapped`}
      className="ml-auto hidden rounded-full bg-warn-soft px-1.5 text-xs font-medium text-warn tabular-nums lg:block"
    >
      {unmapped}
      <span className="sr-only"> unmapped</span>
    </span>
  );
}
