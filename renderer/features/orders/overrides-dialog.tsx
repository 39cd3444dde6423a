import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { OrderAction } from '../../../shared/contract/index.ts';
import type { Order } from '../../../shared/domain/index.ts';
import { ChangeDialog } from '../../components/change-dialog.tsx';
import { SelectField } from '../../components/fields.tsx';
import { TabBar } from '../../components/tab-bar.tsx';
import { toast } from '../../components/toasts.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { materialsQuery } from '../materials/queries.ts';
import { useOrderAction } from './mutations.ts';
import { OverridesForm } from './overrides-form.tsx';

const TABS = [
  { id: 'material', label: 'Material' },
  { id: 'render', label: 'Render settings' },
] as const;

/** Replaces the materials or the render settings of an order; its effect is shown before. */
export function OverridesDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const [tab, setTab] = useState<(typeof TABS)[number]['id']>('material');
  const [material, setMaterial] = useState(order.material_override);
  const [overrides, setOverrides] = useState(order.render_overrides);
  const { preview: ask, act } = useOrderAction(order.number);
  const action: OrderAction =
    tab === 'material'
      ? { kind: 'material_override', material_name: material }
      : { kind: 'render_overrides', overrides };
  const settled = useSettled(JSON.stringify(action), 300);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a new preview belongs to new settings, not to a new render
  const preview = useCallback(() => ask(JSON.parse(settled) as OrderAction), [settled]);
  return (
    <ChangeDialog
      title={`Overrides of ${order.number}`}
      confirm="Set"
      preview={preview}
      act={(snapshot) => act(JSON.parse(settled) as OrderAction, snapshot)}
      onClose={onClose}
      onDone={() => {
        toast('good', `The overrides of ${order.number} are set`);
        onClose();
      }}
    >
      <TabBar label="What to override" tabs={TABS} current={tab} onChange={setTab} />
      {tab === 'material' ? (
        <MaterialSelect value={material} onChange={setMaterial} />
      ) : (
        <OverridesForm value={overrides} base={order.settings} onChange={setOverrides} />
      )}
    </ChangeDialog>
  );
}

/** One render material for all parts of all products, or none: each part keeps its own. */
export function MaterialSelect({ value, onChange }: { value: string | null; onChange: (name: string | null) => void }) {
  const materials = useQuery(materialsQuery);
  const names = new Set((materials.data ?? []).map((material) => material.name));
  if (value !== null) names.add(value);
  return (
    <SelectField
      label="Material override"
      value={value ?? ''}
      error={materials.isError ? 'The materials could not be loaded.' : undefined}
      options={[
        { value: '', label: 'None — every part keeps its material' },
        ...[...names].map((name) => ({ value: name, label: name })),
      ]}
      onChange={(name) => onChange(name === '' ? null : name)}
    />
  );
}
