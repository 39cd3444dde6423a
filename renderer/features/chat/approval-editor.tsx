import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { z } from 'zod';
import type { PendingApproval } from '../../../shared/contract/index.ts';
import { renderOverridesSchema } from '../../../shared/domain/index.ts';
import { Button } from '../../components/button.tsx';
import { CheckField, SelectField } from '../../components/fields.tsx';
import { MaterialSelect } from '../orders/overrides-dialog.tsx';
import { OverridesForm } from '../orders/overrides-form.tsx';
import { outputTypesQuery } from '../orders/queries.ts';

type Arguments = Record<string, unknown>;

const text = z.string().catch('');
const name = z.string().nullable().catch(null);
const overrides = renderOverridesSchema.catch({});

/** Which arguments of a tool have a form. */
const EDITABLE: Record<string, readonly string[]> = {
  create_order: ['output_type_name', 'render_overrides', 'material_override', 'dispatch'],
  set_render_overrides: ['overrides'],
  set_material_override: ['material_name'],
};

export function isEditable(approval: PendingApproval): boolean {
  return Object.hasOwn(EDITABLE, approval.tool);
}

interface ApprovalEditorProps {
  approval: PendingApproval;
  busy: boolean;
  onCancel: () => void;
  onSubmit: (args: Arguments) => void;
}

/** Changes the arguments of a waiting change. Nothing runs by it: the new effect is worked out and shown first. */
export function ApprovalEditor({ approval, busy, onCancel, onSubmit }: ApprovalEditorProps) {
  const [args, setArgs] = useState<Arguments>(approval.arguments);
  const fields = EDITABLE[approval.tool] ?? [];
  const changed = JSON.stringify(args) !== JSON.stringify(approval.arguments);
  return (
    <form
      className="space-y-3 rounded-md border border-line p-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(args);
      }}
    >
      {fields.map((field) => (
        <ArgumentField
          key={field}
          field={field}
          value={args[field]}
          onChange={(value) => setArgs({ ...args, [field]: value })}
        />
      ))}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Back</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!changed}>
          Work out the new effect
        </Button>
      </div>
    </form>
  );
}

interface ArgumentFieldProps {
  field: string;
  value: unknown;
  onChange: (value: unknown) => void;
}

function ArgumentField({ field, value, onChange }: ArgumentFieldProps) {
  const types = useQuery(outputTypesQuery).data ?? [];
  switch (field) {
    case 'output_type_name': {
      const names = new Set([text.parse(value), ...types.map((type) => type.name)]);
      const options = [...names].map((option) => ({ value: option, label: option }));
      return <SelectField label="Output type" value={text.parse(value)} options={options} onChange={onChange} />;
    }
    case 'render_overrides':
    case 'overrides':
      return <OverridesForm value={overrides.parse(value ?? {})} onChange={onChange} />;
    case 'material_override':
    case 'material_name':
      return <MaterialSelect value={name.parse(value ?? null)} onChange={onChange} />;
    case 'dispatch':
      return <CheckField label="Dispatch at once" checked={value !== false} onChange={onChange} />;
    default:
      return null;
  }
}
