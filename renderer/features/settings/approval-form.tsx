import { useState } from 'react';
import type { DeskState } from '../../../shared/contract/index.ts';
import { approvalPolicySchema, type TenantConfig } from '../../../shared/domain/index.ts';
import { SelectField, TextField } from '../../components/fields.tsx';
import { Notice } from '../../components/notice.tsx';
import { ConfigForm } from './config-form.tsx';

const POLICIES = [
  { value: 'always', label: 'Always ask' },
  { value: 'above_limits', label: 'Ask above the limits below' },
  { value: 'never', label: 'Never ask' },
];

const THIS_RUN = {
  auto: 'This desk was started with “--approve auto”: changes run without asking, as far as the policy allows.',
  deny: 'This desk was started with “--approve deny”: changes that would ask are refused.',
} as const;

/** When a change asks a person. */
export function ApprovalForm({
  config,
  isAdmin,
  approve,
}: {
  config: TenantConfig;
  isAdmin: boolean;
  approve: DeskState['approve'];
}) {
  const [policy, setPolicy] = useState(config.approval.policy);
  const [renders, setRenders] = useState(String(config.approval.max_renders));
  const [orders, setOrders] = useState(String(config.approval.max_orders));
  const approval = { policy, max_renders: Number(renders), max_orders: Number(orders) };
  return (
    <>
      {approve === 'ask' ? null : <Notice tone="info">{THIS_RUN[approve]}</Notice>}
      <ConfigForm
        change={{ approval }}
        changed={JSON.stringify(approval) !== JSON.stringify(config.approval)}
        isAdmin={isAdmin}
      >
        <div className="grid gap-3 sm:grid-cols-3">
          <SelectField
            label="Policy"
            value={policy}
            options={POLICIES}
            onChange={(value) => setPolicy(approvalPolicySchema.parse(value))}
          />
          <TextField
            label="Renders without asking"
            inputMode="numeric"
            disabled={policy !== 'above_limits'}
            value={renders}
            onChange={(event) => setRenders(event.target.value.replace(/\D/g, ''))}
          />
          <TextField
            label="Orders without asking"
            inputMode="numeric"
            disabled={policy !== 'above_limits'}
            value={orders}
            onChange={(event) => setOrders(event.target.value.replace(/\D/g, ''))}
          />
        </div>
      </ConfigForm>
    </>
  );
}
