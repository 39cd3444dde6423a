import type { ReactNode } from 'react';
import type { TenantConfig } from '../../../shared/domain/index.ts';
import { tenantConfigSchema } from '../../../shared/domain/index.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { failureOf } from '../../desk/client.ts';
import { useChangeConfig } from './mutations.ts';

interface ConfigFormProps {
  /** What would be saved. */
  change: Partial<TenantConfig>;
  /** Differs it from what is stored? */
  changed: boolean;
  isAdmin: boolean;
  children: ReactNode;
}

/** A part of the tenant's configuration: only an admin can save it; what is wrong is said before it is sent. */
export function ConfigForm({ change, changed, isAdmin, children }: ConfigFormProps) {
  const save = useChangeConfig();
  const checked = tenantConfigSchema.partial().safeParse(change);
  const problem = checked.success ? undefined : checked.error.issues[0];
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (checked.success) save.mutate(change);
      }}
    >
      <fieldset disabled={!isAdmin} className="space-y-3">
        {children}
      </fieldset>
      {changed && problem ? (
        <Notice tone="warn">
          {problem.path.join(' › ')}: {problem.message}
        </Notice>
      ) : null}
      {save.isError ? <SaveFailure error={save.error} /> : null}
      {isAdmin ? (
        <Button type="submit" variant="primary" busy={save.isPending} disabled={!changed || problem !== undefined}>
          Save
        </Button>
      ) : (
        <p className="text-xs text-muted">Only an admin of your company can change this.</p>
      )}
    </form>
  );
}

function SaveFailure({ error }: { error: Error }) {
  const failure = failureOf(error);
  return (
    <Notice tone="bad">
      {failure.message}
      {failure.fields?.map(({ field, message }) => (
        <p key={field} className="text-xs">
          {field}: {message}
        </p>
      ))}
    </Notice>
  );
}
