import { useQueryClient } from '@tanstack/react-query';
import { Check, ShieldQuestion } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Decision, PendingApproval } from '../../../shared/contract/index.ts';
import type { Failure } from '../../../shared/errors/index.ts';
import { Button } from '../../components/button.tsx';
import { EffectView } from '../../components/effect-view.tsx';
import { Notice } from '../../components/notice.tsx';
import { useNow } from '../../components/use-now.ts';
import { ApprovalEditor, isEditable } from './approval-editor.tsx';
import { ArgumentList } from './argument-list.tsx';
import { decide } from './mutations.ts';
import { toolName } from './tool-words.ts';

/** A card that just came takes no clicks: they were meant for what was there before. */
export const DEAF_MS = 500;

function useDeaf(): () => boolean {
  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = performance.now();
  }, []);
  return () => performance.now() - shownAt.current < DEAF_MS;
}

/** Sends one decision; a second click while it is on its way does nothing. */
function useDecision(approval: PendingApproval) {
  const client = useQueryClient();
  const [sent, setSent] = useState<Decision['decision'] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isDeaf = useDeaf();
  const send = async (decision: Decision) => {
    if (sent !== null || isDeaf()) return;
    setSent(decision.decision);
    setFailure(null);
    const result = await decide(client, approval.id, decision);
    setSent(null);
    if (!result.ok) setFailure(result.failure);
    // The card goes with its decision; who decided by keyboard goes on where the next sentence is written.
    else document.getElementById('composer')?.focus();
  };
  return { sent, failure, send };
}

type Mode = 'decide' | 'edit' | 'reject';

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

/**
 * A change that waits for a person: its effect as the pipeline worked it out, never the model's words. Nothing here takes
 * the focus by itself, and no key approves.
 */
export function ApprovalCard({ approval }: { approval: PendingApproval }) {
  const { sent, failure, send } = useDecision(approval);
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
        <EffectView effect={approval.effect} />
        {mode === 'edit' ? (
          <ApprovalEditor
            approval={approval}
            busy={sent !== null}
            onCancel={() => setMode('decide')}
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
        {mode === 'reject' ? (
          <RejectForm
            busy={sent !== null}
            onCancel={() => setMode('decide')}
            onReject={(reason) => void send({ decision: 'reject', ...reason })}
          />
        ) : null}
        {mode === 'decide' ? (
          <div className="flex flex-wrap gap-2">
            <Button disabled={sent !== null} onClick={() => setMode('reject')}>
              Reject…
            </Button>
            {isEditable(approval) ? (
              <Button disabled={sent !== null} onClick={() => setMode('edit')}>
                Edit…
              </Button>
            ) : null}
            <Button
              className="ml-auto"
              variant="primary"
              icon={<Check aria-hidden />}
              busy={sent === 'approve'}
              disabled={sent !== null}
              onKeyDown={(event) => {
                // A key held down since the composer must not approve.
                if (event.repeat) event.preventDefault();
              }}
              onClick={() => void send({ decision: 'approve' })}
            >
              Approve
            </Button>
          </div>
        ) : null}
      </div>
    </section>
  );
}

interface RejectFormProps {
  busy: boolean;
  onCancel: () => void;
  onReject: (more: { reason?: string }) => void;
}

function RejectForm({ busy, onCancel, onReject }: RejectFormProps) {
  const [reason, setReason] = useState('');
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        onReject(reason.trim() ? { reason: reason.trim() } : {});
      }}
    >
      <input
        autoFocus
        aria-label="Reason, told to the assistant"
        placeholder="Why not? (optional, told to the assistant)"
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        className="h-8 w-full rounded-md border border-line-strong/60 bg-raised px-2 text-sm placeholder:text-muted"
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>Back</Button>
        <Button type="submit" variant="danger" busy={busy}>
          Reject
        </Button>
      </div>
    </form>
  );
}

function ExpiresIn({ at }: { at: string }) {
  const minutes = Math.round((new Date(at).getTime() - useNow(30_000)) / 60_000);
  const words =
    minutes <= 0 ? 'expired' : minutes < 120 ? `expires in ${minutes} min` : `expires in ${Math.round(minutes / 60)} h`;
  return <span className="shrink-0 text-xs">{words}</span>;
}
