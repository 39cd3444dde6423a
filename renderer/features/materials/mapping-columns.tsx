import { useQuery } from '@tanstack/react-query';
import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { Material, MaterialMapping } from '../../../shared/domain/index.ts';
import { formatNumber } from '../../components/format.ts';
import { columnsOf } from '../../components/table-columns.ts';
import { useCanAct } from '../../desk/queries.ts';
import { useMapMaterial } from './mutations.ts';
import { materialsQuery } from './queries.ts';

export interface MappingRow extends MaterialMapping {
  id: string;
  material: Material | undefined;
}

const column = columnsOf<MappingRow>();

function Swatch({ material }: { material: Material | undefined }) {
  return (
    <span
      aria-hidden
      className="size-4 shrink-0 rounded-full border border-line-strong/60"
      style={{ background: material?.color ?? 'transparent' }}
    />
  );
}

function MaterialChoice({ row }: { row: MappingRow }) {
  const materials = useQuery(materialsQuery).data ?? [];
  const canAct = useCanAct();
  const map = useMapMaterial();
  return (
    <span className="flex items-center gap-2">
      <Swatch material={row.material} />
      <select
        aria-label={`Render material of ${row.cad_material}`}
        value={row.material_name ?? ''}
        disabled={!canAct || map.isPending}
        title={canAct ? undefined : 'Your role can only read. Ask an admin of your company.'}
        onChange={(event) => map.mutate({ cad_material: row.cad_material, material_name: event.target.value || null })}
        className="h-8 w-full min-w-0 rounded-md border border-line-strong/60 bg-raised px-2 disabled:opacity-60"
      >
        <option value="">Not mapped</option>
        {materials.map((material) => (
          <option key={material.id} value={material.name}>
            {material.name}
          </option>
        ))}
      </select>
    </span>
  );
}

export const mappingColumns = column.columns([
  column.accessor('cad_material', {
    header: 'CAD material',
    meta: { className: 'min-w-0 flex-1 truncate font-medium' },
    cell: ({ row }) => <span title={row.original.cad_material}>{row.original.cad_material}</span>,
  }),
  column.display({
    id: 'state',
    header: 'State',
    meta: { className: 'hidden w-28 shrink-0 @md/main:block' },
    cell: ({ row }) =>
      row.original.material_name === null ? (
        <span className="inline-flex items-center gap-1 rounded-full bg-warn-soft px-2 py-0.5 text-xs font-medium text-warn">
          <TriangleAlert className="size-3.5" aria-hidden /> Unmapped
        </span>
      ) : (
        <span className="inline-flex items-center gap-1 text-xs text-good">
          <CircleCheck className="size-3.5" aria-hidden /> Mapped
        </span>
      ),
  }),
  column.accessor('product_count', {
    header: 'Products',
    meta: { className: 'hidden w-20 shrink-0 text-right tabular-nums @md/main:block' },
    cell: ({ row }) => formatNumber(row.original.product_count),
  }),
  column.display({
    id: 'material',
    header: 'Rendered in',
    meta: { className: 'w-44 shrink-0 @xl/main:w-64' },
    cell: ({ row }) => <MaterialChoice row={row.original} />,
  }),
]);
