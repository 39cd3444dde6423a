import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Material, MaterialMapping } from '../../../shared/domain/index.ts';
import { useUi } from '../../app/ui-store.ts';
import { formatCount } from '../../components/format.ts';
import { EmptyState, ErrorState } from '../../components/notice.tsx';
import { SkeletonRows } from '../../components/skeleton.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { mappingColumns, type MappingRow } from './mapping-columns.tsx';
import { mappingsQuery, materialsQuery } from './queries.ts';

/** Unmapped first, then by how many products they hold back; filtered by the search field. */
export function sortMappings(
  mappings: readonly MaterialMapping[],
  materials: readonly Material[],
  text: string,
): MappingRow[] {
  const wanted = text.trim().toLowerCase();
  const byName = new Map(materials.map((material) => [material.name, material]));
  return mappings
    .filter(({ cad_material, material_name }) =>
      `${cad_material} ${material_name ?? ''}`.toLowerCase().includes(wanted),
    )
    .toSorted(
      (a, b) =>
        Number(a.material_name !== null) - Number(b.material_name !== null) ||
        b.product_count - a.product_count ||
        a.cad_material.localeCompare(b.cad_material),
    )
    .map((mapping) => ({
      ...mapping,
      id: mapping.cad_material,
      material: mapping.material_name === null ? undefined : byName.get(mapping.material_name),
    }));
}

/** CAD materials and what they are rendered in. */
export function MaterialsPage() {
  const text = useUi((state) => state.search.materials);
  const mappings = useQuery(mappingsQuery);
  const materials = useQuery(materialsQuery);
  const rows = useMemo(
    () => sortMappings(mappings.data ?? [], materials.data ?? [], text),
    [mappings.data, materials.data, text],
  );
  const unmapped = (mappings.data ?? []).filter((mapping) => mapping.material_name === null).length;
  const failed = mappings.error ?? materials.error;
  return (
    <div className="flex h-full flex-col">
      <div className="shrink-0 px-4 pt-4 pb-3">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h1 className="text-lg font-semibold">Materials</h1>
          <span role="status" className="text-muted tabular-nums">
            {mappings.data ? formatCount(mappings.data.length, 'CAD material', 'CAD materials') : null}
            {unmapped > 0 ? <strong className="font-medium text-warn"> · {unmapped} unmapped</strong> : null}
          </span>
        </div>
        <p className="mt-1 text-muted">Which render material stands for each material name on the CAD parts.</p>
      </div>
      <section aria-label="Material mappings" className="min-h-0 flex-1 border-t border-line bg-raised">
        {failed ? (
          <ErrorState error={failed} onRetry={() => void Promise.all([mappings.refetch(), materials.refetch()])} />
        ) : null}
        {!failed && (mappings.isPending || materials.isPending) ? <SkeletonRows label="Loading materials" /> : null}
        {!failed && mappings.isSuccess && materials.isSuccess && rows.length === 0 ? (
          <EmptyState title={text ? 'No material matches' : 'No CAD materials yet'} />
        ) : null}
        {!failed && materials.isSuccess && rows.length > 0 ? (
          <VirtualTable label="Material mappings" rows={rows} columns={mappingColumns} />
        ) : null}
      </section>
    </div>
  );
}
