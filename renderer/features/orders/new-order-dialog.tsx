import { useQuery } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import type { NewOrder, OutputType, RenderOverrides } from '../../../shared/domain/index.ts';
import { navigate } from '../../app/router.ts';
import { ChangeDialog } from '../../components/change-dialog.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { CheckField, SelectField } from '../../components/fields.tsx';
import { describeSettings, formatCount } from '../../components/format.ts';
import { EmptyState, ErrorState } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { toast } from '../../components/toasts.tsx';
import { useSettled } from '../../components/use-settled.ts';
import { useCreateOrder } from './mutations.ts';
import { MaterialSelect } from './overrides-dialog.tsx';
import { OverridesForm } from './overrides-form.tsx';
import { outputTypesQuery } from './queries.ts';

interface NewOrderDialogProps {
  /** The products: by ids or as a selection. */
  source: Pick<NewOrder, 'product_ids' | 'selection_id'>;
  count: number;
  onClose: () => void;
  onCreated: () => void;
}

/** Orders renders of products: the form, its effect, and then the order. */
export function NewOrderDialog(props: NewOrderDialogProps) {
  const types = useQuery(outputTypesQuery);
  if (types.data && types.data.length > 0) return <OrderForm {...props} types={types.data} />;
  return (
    <Dialog title="New order" onClose={props.onClose}>
      {types.isPending ? <Skeleton className="h-24" /> : null}
      {types.isError ? <ErrorState error={types.error} onRetry={() => void types.refetch()} /> : null}
      {types.isSuccess ? <EmptyState title="Your company has no output type yet" /> : null}
    </Dialog>
  );
}

function OrderForm({ source, count, onClose, onCreated, types }: NewOrderDialogProps & { types: OutputType[] }) {
  const standard = types.find((type) => type.is_default) ?? types[0];
  const [typeName, setTypeName] = useState(standard?.name ?? '');
  const [overrides, setOverrides] = useState<RenderOverrides>({});
  const [material, setMaterial] = useState<string | null>(null);
  const [dispatch, setDispatch] = useState(true);
  const type = types.find((known) => known.name === typeName);
  const { preview: ask, create } = useCreateOrder();
  const settled = useSettled(
    JSON.stringify({ output_type_name: typeName, render_overrides: overrides, material_override: material, dispatch }),
    300,
  );
  const order = useCallback((): NewOrder => ({ ...source, ...(JSON.parse(settled) as NewOrder) }), [source, settled]);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- a new preview belongs to a new order, not to a new render
  const preview = useCallback(() => ask(order()), [settled]);
  return (
    <ChangeDialog
      title={`Order ${formatCount(count, 'product', 'products')}`}
      size="lg"
      confirm={dispatch ? 'Create and dispatch' : 'Create a draft'}
      preview={preview}
      act={(snapshot) => create(order(), snapshot)}
      onClose={onClose}
      onDone={(created) => {
        toast('good', `Order ${created.number} was created`);
        onCreated();
        onClose();
        navigate({ view: 'order', id: created.number });
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <SelectField
          label="Output type"
          value={typeName}
          hint={type ? `${type.description} ${describeSettings(type.settings).join(' · ')}`.trim() : undefined}
          options={types.map(({ name }) => ({ value: name, label: name }))}
          onChange={setTypeName}
        />
        <MaterialSelect value={material} onChange={setMaterial} />
      </div>
      <details className="rounded-lg border border-line p-3">
        <summary className="font-medium">Change render settings for this order</summary>
        <div className="mt-3">
          <OverridesForm value={overrides} base={type?.settings} onChange={setOverrides} />
        </div>
      </details>
      <CheckField label="Dispatch at once (otherwise it stays a draft)" checked={dispatch} onChange={setDispatch} />
    </ChangeDialog>
  );
}
