import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MaterialMapping } from '../../../shared/domain/index.ts';
import { call } from '../../desk/client.ts';
import { toast } from '../../components/toasts.tsx';
import { materialKeys } from './queries.ts';

/** Maps a CAD material to a render material, or unmaps it (null). */
export function useMapMaterial() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { cad_material: string; material_name: string | null }) => call('mappings.put', change),
    onSuccess: (mapping) => {
      client.setQueryData<MaterialMapping[]>(materialKeys.mappings, (mappings) =>
        mappings?.map((known) => (known.cad_material === mapping.cad_material ? mapping : known)),
      );
      toast('good', `${mapping.cad_material} ${mapping.material_name ? `is ${mapping.material_name}` : 'is unmapped'}`);
    },
    onError: (error) => toast('bad', error.message),
  });
}
