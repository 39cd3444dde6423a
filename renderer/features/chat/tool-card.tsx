import { Ban, ChevronRight, CircleCheck, CircleHelp, CircleX, LoaderCircle, ShieldQuestion } from 'lucide-react';
import { memo, useMemo } from 'react';
import type { ChatToolCall } from '../../../shared/contract/index.ts';
import type { ToolCallState } from '../../../shared/domain/index.ts';
import { cx } from '../../components/cx.ts';
import { visible } from '../../components/visible-text.ts';
import { ArgumentList } from './argument-list.tsx';
import { describeArguments } from './describe-arguments.ts';
import { OrderCard } from './order-card.tsx';
import { ResultTable } from './result-table.tsx';
import { summariseResult } from './tool-result.ts';
import { isUndoable, UndoButton } from './undo-button.tsx';
import { toolName } from './tool-words.ts';

const STATES: Record<ToolCallState, { icon: typeof Ban; words: string; tone: string; spins?: true }> = {
  proposed: { icon: LoaderCircle, words: 'starting', tone: 'text-muted', spins: true },
  awaiting: { icon: ShieldQuestion, words: 'waits for you', tone: 'text-warn' },
  approved: { icon: LoaderCircle, words: 'approved', tone: 'text-accent', spins: true },
  running: { icon: LoaderCircle, words: 'running', tone: 'text-accent', spins: true },
  done: { icon: CircleCheck, words: 'done', tone: 'text-good' },
  failed: { icon: CircleX, words: 'failed', tone: 'text-bad' },
  unknown: { icon: CircleHelp, words: 'outcome unknown', tone: 'text-warn' },
  rejected: { icon: Ban, words: 'rejected', tone: 'text-muted' },
  expired: { icon: Ban, words: 'expired', tone: 'text-muted' },
  cancelled: { icon: Ban, words: 'cancelled', tone: 'text-muted' },
};

/** The arguments in one line; those given as `null` are as good as not given. */
function hintOf(call: ChatToolCall): string {
  const given = Object.fromEntries(Object.entries(call.arguments).filter(([, value]) => value !== null));
  return describeArguments(given)
    .map(({ value }) => value)
    .join(' · ');
}

/** One tool call: what it does, with what, how it stands and what came of it. */
export const ToolCard = memo(function ToolCard({ call, sessionId }: { call: ChatToolCall; sessionId: string }) {
  const state = STATES[call.state];
  const summary = useMemo(() => summariseResult(call.result), [call.result]);
  const hint = hintOf(call);
  return (
    <div className="space-y-2">
      <details className="group rounded-lg border border-line bg-surface text-[0.8125rem]">
        <summary className="flex list-none items-center gap-2 px-2.5 py-1.5">
          <state.icon className={cx('size-4 shrink-0', state.tone, state.spins && 'animate-spin')} aria-hidden />
          <span className="shrink-0 font-medium">{toolName(call.tool)}</span>
          <span className="min-w-0 flex-1 truncate text-muted">{visible(hint)}</span>
          {call.decided_by?.startsWith('grant:') ? (
            <span className="shrink-0 text-xs text-muted">approved in advance</span>
          ) : null}
          <span className={call.state === 'done' ? 'sr-only' : cx('shrink-0 text-xs', state.tone)}>{state.words}</span>
          <ChevronRight
            className="size-3.5 shrink-0 text-muted transition-transform group-open:rotate-90"
            aria-hidden
          />
        </summary>
        <div className="space-y-2 border-t border-line px-2.5 py-2">
          <ArgumentList args={call.arguments} />
          {summary.table ? <ResultTable table={summary.table} /> : null}
        </div>
      </details>
      {summary.text ? (
        <p className={cx('px-1 text-xs', summary.failed ? 'text-bad' : 'text-muted')}>{visible(summary.text)}</p>
      ) : null}
      {summary.orders?.map((order) => (
        <OrderCard key={order.id} order={order} />
      ))}
      {isUndoable(call) ? <UndoButton call={call} sessionId={sessionId} /> : null}
    </div>
  );
});
