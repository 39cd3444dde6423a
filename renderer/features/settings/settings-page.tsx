import { useQuery } from '@tanstack/react-query';
import type { DeskState } from '../../../shared/contract/index.ts';
import { canAct } from '../../../shared/domain/index.ts';
import { ErrorState } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useDeskState } from '../../desk/queries.ts';
import { ApprovalForm } from './approval-form.tsx';
import { AssistantState } from './assistant-state.tsx';
import { CompanyForm } from './company-form.tsx';
import { DeskFacts } from './desk-facts.tsx';
import { KeyForm } from './key-form.tsx';
import { OwnPolicyForm } from './own-policy-form.tsx';
import { ModelForm } from './model-form.tsx';
import { configQuery } from './queries.ts';
import { SettingsSection } from './settings-section.tsx';
import { SetupCode } from './setup-code.tsx';
import { TestModel } from './test-model.tsx';
import { UsageForm } from './usage-form.tsx';
import { UsageOfMonth } from './usage-of-month.tsx';

/** The assistant, the company and this desk. */
export function SettingsPage() {
  const state = useDeskState();
  if (state === undefined) return null;
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-3xl space-y-4 p-4">
        <h1 className="text-lg font-semibold">Settings</h1>
        <Sections state={state} />
        <SettingsSection id="desk" title="This desk">
          <DeskFacts state={state} />
        </SettingsSection>
      </div>
    </div>
  );
}

function Sections({ state }: { state: DeskState }) {
  const config = useQuery(configQuery);
  const isAdmin = state.me?.user.role === 'admin';
  if (config.isPending) return <Skeleton className="h-64" />;
  if (config.isError) return <ErrorState error={config.error} onRetry={() => void config.refetch()} />;
  // A form starts anew from what was saved, so that it never shows a mixture.
  const version = JSON.stringify(config.data);
  return (
    <>
      <SettingsSection id="ai" title="AI" about="The assistant of your company and how it reaches its model.">
        <AssistantState ai={state.ai} />
        <UsageOfMonth />
        <TestModel />
        <SetupCode isAdmin={isAdmin} hasModel={config.data.model !== null} />
        <KeyForm state={state} />
        <ModelForm key={`model ${version}`} config={config.data} isAdmin={isAdmin} />
        <UsageForm key={`usage ${version}`} config={config.data} isAdmin={isAdmin} />
      </SettingsSection>
      <SettingsSection
        id="approvals"
        title="Approvals"
        about="When a change the assistant wants to make asks a person first. Reading never asks."
      >
        {state.me && canAct(state.me.user.role) ? <OwnPolicyForm /> : null}
        <ApprovalForm key={`approval ${version}`} config={config.data} isAdmin={isAdmin} approve={state.approve} />
      </SettingsSection>
      <SettingsSection id="company" title="Company">
        <CompanyForm key={`company ${version}`} config={config.data} isAdmin={isAdmin} />
      </SettingsSection>
    </>
  );
}
