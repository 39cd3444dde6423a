import { useState } from 'react';
import type { Decision, PendingApproval } from '../../../shared/contract/index.ts';
import {
  changedItems,
  GRANTABLE_TOOLS,
  isAboveLimits,
  MOST_GRANTED_CHANGES,
  type TenantConfig,
} from '../../../shared/domain/index.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/fields.tsx';
import { toolName } from './tool-words.ts';

/** The desk says no to any other tool. */
const GRANTABLE: ReadonlySet<string> = new Set(GRANTABLE_TOOLS);
const DEFAULT_CHANGES = 5;

/** May changes like this one be approved in advance? Never where the company asks for each, nor above its limits. */
export function isGrantable({ tool, effect }: PendingApproval, config: TenantConfig | undefined): boolean {
  if (!config || config.approval.policy === 'always' || !GRANTABLE.has(tool)) return false;
  return !isAboveLimits(effect, config.approval);
}

interface GrantFormProps {
  approval: PendingApproval;
  config: TenantConfig;
  busy: boolean;
  onCancel: () => void;
  onGrant: (grant: NonNullable<Decision['grant']>) => void;
}

/** Says yes to this change and, within numbers, to similar ones of this conversation. */
export function GrantForm({ approval, config, busy, onCancel, onGrant }: GrantFormProps) {
  const [changes, setChanges] = useState(String(DEFAULT_CHANGES));
  const [items, setItems] = useState(String(changedItems(approval.effect)));
  const most = config.approval.max_renders;
  const fits = isWithin(changes, 1, MOST_GRANTED_CHANGES) && isWithin(items, 0, most);
  return (
    <form
      className="space-y-3 rounded-md border border-line p-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (fits) onGrant({ max_changes: Number(changes), max_items: Number(items) });
      }}
    >
      <p className="text-xs text-muted">
        Approves this change, and after it changes of the same kind ({toolName(approval.tool)}) in this conversation
        without asking, for eight hours or until you take it back. Whatever is above your company’s limits asks all the
        same.
      </p>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={`How many more (up to ${MOST_GRANTED_CHANGES})`}
          inputMode="numeric"
          value={changes}
          onChange={(event) => setChanges(event.target.value.replace(/\D/g, ''))}
        />
        <TextField
          label={`Renders or products each (up to ${most})`}
          inputMode="numeric"
          value={items}
          onChange={(event) => setItems(event.target.value.replace(/\D/g, ''))}
        />
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Back</Button>
        <Button type="submit" variant="primary" busy={busy} disabled={!fits}>
          Approve this and similar ones
        </Button>
      </div>
    </form>
  );
}

function isWithin(text: string, least: number, most: number): boolean {
  return text !== '' && Number(text) >= least && Number(text) <= most;
}
