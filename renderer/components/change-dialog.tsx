import { useEffect, useState, type ReactNode } from 'react';
import { dryRunSchema, type DryRun } from '../../shared/domain/index.ts';
import { ok, type Failure, type Result } from '../../shared/errors/index.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { EffectView } from './effect-view.tsx';
import { Notice } from './notice.tsx';
import { Skeleton } from './skeleton.tsx';

interface ChangeDialogProps<T> {
  title: string;
  /** Words on the button that does it. */
  confirm: string;
  /** Works out the effect without doing anything; a new function means a new change to work out. */
  preview: () => Promise<Result<DryRun>>;
  /** Does it, as shown under this snapshot. */
  act: (snapshot: string) => Promise<Result<T>>;
  onDone: (value: T) => void;
  onClose: () => void;
  /** The form the change is made of, above its effect. */
  children?: ReactNode;
  danger?: boolean;
  size?: 'md' | 'lg';
}

/** Shows what a change will do, and does it only as shown: a moved snapshot shows the new effect and asks again. */
export function ChangeDialog<T>(props: ChangeDialogProps<T>) {
  const { title, confirm, preview, act, onDone, onClose, children, danger, size } = props;
  const change = useChange(preview, act, onDone);
  return (
    <Dialog
      title={title}
      size={size ?? 'md'}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Back</Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            busy={change.acting}
            disabled={change.shown === null}
            onClick={() => void change.run()}
          >
            {confirm}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {children}
        {change.moved ? (
          <Notice tone="warn">The data changed in the meantime. This is the new effect: look again and decide.</Notice>
        ) : null}
        {change.failure ? <ChangeFailure failure={change.failure} onRetry={change.retry} /> : null}
        <section aria-label="Effect" aria-live="polite" className="rounded-lg border border-line p-3">
          {change.shown ? <EffectView effect={change.shown.effect} /> : change.failure ? null : <EffectLoading />}
        </section>
      </div>
    </Dialog>
  );
}

function EffectLoading() {
  return (
    <div role="status" aria-label="Working out the effect" className="space-y-2">
      <Skeleton className="h-4 w-3/4" />
      <Skeleton className="h-10 w-1/2" />
    </div>
  );
}

function ChangeFailure({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <Notice
      tone="bad"
      action={
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {failure.message}
      {failure.fields?.map((field) => (
        <p key={field.field} className="text-xs">
          {field.field}: {field.message}
        </p>
      ))}
    </Notice>
  );
}

type Preview = () => Promise<Result<DryRun>>;

/** What came back for one change: for another one (a new `preview`) it no longer counts. */
interface Answer<R> {
  preview: Preview;
  attempt: number;
  value: R;
}

function useChange<T>(preview: Preview, act: (snapshot: string) => Promise<Result<T>>, onDone: (value: T) => void) {
  const [attempt, setAttempt] = useState(0);
  const [worked, setWorked] = useState<Answer<Result<DryRun>> | null>(null);
  const [refused, setRefused] = useState<Answer<Failure> | null>(null);
  const [moved, setMoved] = useState(false);
  const [acting, setActing] = useState(false);
  const ofThis = <R,>(answer: Answer<R> | null): R | null =>
    answer?.preview === preview && answer.attempt === attempt ? answer.value : null;
  useEffect(() => {
    let current = true;
    void preview().then((value) => {
      if (current) setWorked({ preview, attempt, value });
    });
    return () => {
      current = false;
    };
  }, [preview, attempt]);
  const effect = ofThis(worked);
  const shown = effect?.ok === true ? effect.value : null;
  const failure = ofThis(refused) ?? (effect?.ok === false ? effect.failure : null);
  const retry = () => setAttempt((count) => count + 1);
  const run = async () => {
    if (shown === null) return;
    setActing(true);
    setRefused(null);
    const result = await act(shown.snapshot);
    setActing(false);
    if (result.ok) return onDone(result.value);
    if (result.failure.code !== 'snapshot_changed') return setRefused({ preview, attempt, value: result.failure });
    setMoved(true);
    const fresh = dryRunSchema.safeParse(result.failure.details);
    if (fresh.success) setWorked({ preview, attempt, value: ok(fresh.data) });
    else retry();
  };
  return { shown, failure, moved, acting, retry, run };
}
