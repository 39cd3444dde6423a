import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { approvalPolicySchema, type ApprovalPolicy } from '../../../shared/domain/index.ts';
import { SelectField } from '../../components/fields.tsx';
import { toast } from '../../components/toasts.tsx';
import { call } from '../../desk/client.ts';
import { ownPolicyQuery, settingsKeys } from './queries.ts';

const POLICIES = [
  { value: 'always', label: 'Always ask me' },
  { value: 'above_limits', label: 'Ask me above the company’s limits' },
  { value: 'never', label: 'Never ask me' },
];

/** When a change asks this user; the stricter of this and the company's policy holds. Saved as it is chosen. */
export function OwnPolicyForm() {
  const client = useQueryClient();
  const own = useQuery(ownPolicyQuery);
  const change = useMutation({
    mutationFn: (policy: ApprovalPolicy) => call('settings.put_own_policy', { policy }),
    onSuccess: (saved) => {
      client.setQueryData(settingsKeys.ownPolicy, saved);
      toast('good', 'Saved');
    },
    onError: (error) => toast('bad', error.message),
  });
  if (!own.data) return null;
  return (
    <SelectField
      label="For you"
      hint="The stricter of this and your company’s policy holds."
      value={own.data.policy}
      options={POLICIES}
      disabled={change.isPending}
      onChange={(value) => change.mutate(approvalPolicySchema.parse(value))}
    />
  );
}
