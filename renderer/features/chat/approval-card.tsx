import { useQuery } from '@tanstack/react-query';
import { ShieldQuestion } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Asked, PendingApproval } from '../../../shared/contract/index.ts';
import { Button } from '../../components/button.tsx';
import { EffectView } from '../../components/effect-view.tsx';
import { formatCount } from '../../components/format.ts';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { configQuery } from '../settings/queries.ts';
import { ApprovalEditor, isEditable } from './approval-editor.tsx';
import { ApproveButton } from './approve-button.tsx';
import { ApprovalRows } from './approval-rows.tsx';
import { ArgumentList } from './argument-list.tsx';
import { GrantForm, isGrantable } from './grant-form.tsx';
import { RejectForm } from './reject-form.tsx';
import { toolName } from './tool-words.ts';
import { useDecision } from './use-decision.ts';

type Mode = 'decide' | 'edit' | 'reject' | 'grant';

/** Keeps the focus in the card when its form opens or closes; a card that just came takes none. */
function useFocusIn(mode: Mode) {
  const card = useRef<HTMLElement>(null);
  const last = useRef(mode);
  useEffect(() => {
    if (last.current === mode) return;
    last.current = mode;
    (card.current?.querySelector<HTMLElement>('form :is(input, select, button)') ?? card.current)?.focus();
  }, [mode]);
  return card;
}

/** Why a change that was seen before is here again. */
const AGAIN: Record<Exclude<Asked, 'first'>, string> = {
  edited: 'You edited this. Here is its new effect; nothing has run yet.',
  moved: 'The data changed since this was shown. Here is its effect now; nothing has run.',
  stale: 'This was approved more than ten minutes ago and did not happen. It needs your approval again.',
};

/**
 * A change that waits for a person: its effect as the pipeline worked it out, never the model's words. Nothing here takes
 * the focus by itself, and no key approves.
 */
export function ApprovalCard({ approval }: { approval: PendingApproval }) {
  const [mode, setMode] = useState<Mode>('decide');
  const card = useFocusIn(mode);
  return (
    <section
      ref={card}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || mode === 'decide') return;
        event.preventDefault();
        setMode('decide');
      }}
      aria-label={`Approval: ${toolName(approval.tool)}`}
      className="overflow-hidden rounded-lg border-2 border-warn/50 bg-raised"
    >
      <header className="flex items-center gap-2 bg-warn-soft px-3 py-2 text-warn">
        <ShieldQuestion className="size-4 shrink-0" aria-hidden />
        <p className="min-w-0 flex-1 font-medium">{toolName(approval.tool)}?</p>
        <ExpiresIn at={approval.expires_at} />
      </header>
      <div className="space-y-3 p-3">
        {approval.asked === 'first' ? null : <Notice tone="info">{AGAIN[approval.asked]}</Notice>}
        <Decide approval={approval} mode={mode} onMode={setMode} />
      </div>
    </section>
  );
}

interface DecideProps {
  approval: PendingApproval;
  mode: Mode;
  onMode: (mode: Mode) => void;
}

/** What can be said to it: yes, no, or something else. */
function Decide({ approval, mode, onMode }: DecideProps) {
  const { sent, failure, send } = useDecision(approval);
  const busy = sent !== null;
  const config = useQuery(configQuery).data;
  const [listed, setListed] = useState(false);
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const back = () => onMode('decide');
  return (
    <>
      <EffectView effect={approval.effect} sample={!listed} />
      {touches(approval) > 1 ? (
        <Button size="sm" variant="ghost" aria-expanded={listed} onClick={() => setListed(!listed)}>
          {listed ? 'Hide the products' : 'Show every product'}
        </Button>
      ) : null}
      {listed ? (
        <ApprovalRows approval={approval} out={approval.tool === 'create_order' ? out : null} onOut={setOut} />
      ) : null}
      {mode === 'edit' ? (
        <ApprovalEditor
          approval={approval}
          busy={busy}
          onCancel={back}
          onSubmit={(args) => void send({ decision: 'approve', arguments: args })}
        />
      ) : (
        <details className="text-xs">
          <summary className="text-muted">Exactly what will be sent</summary>
          <div className="pt-2">
            <ArgumentList args={approval.arguments} />
          </div>
        </details>
      )}
      {failure ? <Notice tone="bad">{failure.message}</Notice> : null}
      {mode === 'grant' && config ? (
        <GrantForm
          approval={approval}
          config={config}
          busy={busy}
          onCancel={back}
          onGrant={(grant) => void send({ decision: 'approve', grant })}
        />
      ) : null}
      {mode === 'reject' ? (
        <RejectForm busy={busy} onCancel={back} onReject={(reason) => void send({ decision: 'reject', ...reason })} />
      ) : null}
      {mode === 'decide' && out.size > 0 ? (
        <TakeOut
          count={out.size}
          busy={busy}
          onKeep={() => setOut(new Set())}
          onTakeOut={() => void send({ decision: 'approve', without: [...out] })}
        />
      ) : null}
      {mode === 'decide' && out.size === 0 ? (
        <div className="flex flex-wrap gap-2">
          <Button disabled={busy} onClick={() => onMode('reject')}>
            Reject…
          </Button>
          {isEditable(approval) ? (
            <Button disabled={busy} onClick={() => onMode('edit')}>
              Edit…
            </Button>
          ) : null}
          {isGrantable(approval, config) ? (
            <Button disabled={busy} onClick={() => onMode('grant')}>
              Similar ones too…
            </Button>
          ) : null}
          <ApproveButton
            busy={sent?.decision === 'approve'}
            disabled={busy}
            onApprove={() => void send({ decision: 'approve' })}
          />
        </div>
      ) : null}
    </>
  );
}

interface TakeOutProps {
  count: number;
  busy: boolean;
  onKeep: () => void;
  onTakeOut: () => void;
}

/** While products are marked to be taken out there is nothing to approve: the effect without them comes first. */
function TakeOut({ count, busy, onKeep, onTakeOut }: TakeOutProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <Button disabled={busy} onClick={onKeep}>
        Keep them all
      </Button>
      <Button className="ml-auto" variant="primary" busy={busy} onClick={onTakeOut}>
        Work out without {formatCount(count, 'product', 'products')}
      </Button>
    </div>
  );
}

/** How many things are behind the numbers. */
function touches({ effect: { counts } }: PendingApproval): number {
  return counts['products'] ?? (counts['queued'] ?? 0) + (counts['running'] ?? 0);
}

function ExpiresIn({ at }: { at: string }) {
  const minutes = Math.round((new Date(at).getTime() - useNow(30_000)) / 60_000);
  const words =
    minutes <= 0 ? 'expired' : minutes < 120 ? `expires in ${minutes} min` : `expires in ${Math.round(minutes / 60)} h`;
  return <span className="shrink-0 text-xs">{words}</span>;
}
