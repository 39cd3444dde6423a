import type { PendingApproval } from '../../../shared/contract/index.ts';
import { formatCount, formatNumber } from '../../components/format.ts';
import { Button } from '../../components/button.tsx';
import { Notice } from '../../components/notice.tsx';
import { ApproveButton } from './approve-button.tsx';
import { useSharedDecision } from './use-decision.ts';

/** One answer to all changes of a turn that wait; each also has its own card. */
export function ApprovalsBar({ approvals }: { approvals: readonly PendingApproval[] }) {
  const { sent, failure, send } = useSharedDecision(approvals);
  const renders = approvals.reduce((sum, { effect }) => sum + (effect.counts['renders'] ?? 0), 0);
  const count = formatCount(approvals.length, 'change', 'changes');
  return (
    <section
      aria-label="All changes that wait"
      className="space-y-2 rounded-lg border border-warn/50 bg-warn-soft px-3 py-2 text-[0.8125rem]"
    >
      <p className="text-warn">
        {count} wait for you, {formatCount(renders, 'render', 'renders')} in all. What one changes may show another
        anew.
      </p>
      {failure ? <Notice tone="bad">{failure.message}</Notice> : null}
      <div className="flex flex-wrap gap-2">
        <Button disabled={sent !== null} busy={sent === 'reject'} onClick={() => void send('reject')}>
          Reject all
        </Button>
        <ApproveButton
          label={`Approve all ${formatNumber(approvals.length)}`}
          busy={sent === 'approve'}
          disabled={sent !== null}
          onApprove={() => void send('approve')}
        />
      </div>
    </section>
  );
}
