import { Ban, Play, RotateCcw, SlidersHorizontal } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { OrderAction } from '../../../shared/contract/index.ts';
import { isOrderActionAllowed, type Order } from '../../../shared/domain/index.ts';
import { Button } from '../../components/button.tsx';
import { ChangeDialog } from '../../components/change-dialog.tsx';
import { toast } from '../../components/toasts.tsx';
import { useCanAct } from '../../desk/queries.ts';
import { OverridesDialog } from './overrides-dialog.tsx';
import { useOrderAction } from './mutations.ts';

type SimpleKind = 'dispatch' | 'cancel' | 'retry_failed';

const WORDS: Record<SimpleKind, { title: string; confirm: string; done: string; danger?: true }> = {
  dispatch: { title: 'Dispatch the order', confirm: 'Dispatch', done: 'was dispatched' },
  cancel: { title: 'Cancel the order', confirm: 'Cancel the order', done: 'is being cancelled', danger: true },
  retry_failed: { title: 'Retry failed renders', confirm: 'Retry', done: 'renders its failed lines again' },
};

/** What the order's status allows; why not, where a role forbids it. */
export function OrderActions({ order }: { order: Order }) {
  const [open, setOpen] = useState<SimpleKind | 'overrides' | null>(null);
  const canAct = useCanAct();
  const allowed = {
    dispatch: isOrderActionAllowed('dispatch', order.status),
    cancel: isOrderActionAllowed('cancel', order.status),
    retry_failed: order.lines.failed > 0 && isOrderActionAllowed('retry_failed', order.status),
    overrides: isOrderActionAllowed('override', order.status),
  };
  const forbidden = canAct ? undefined : 'Your role can only read. Ask an admin of your company.';
  const button = (kind: keyof typeof allowed, label: string, icon: React.ReactNode, primary = false) =>
    allowed[kind] ? (
      <Button
        icon={icon}
        variant={primary ? 'primary' : kind === 'cancel' ? 'danger' : 'secondary'}
        disabled={!canAct}
        title={forbidden}
        onClick={() => setOpen(kind)}
      >
        {label}
      </Button>
    ) : null;
  const close = useCallback(() => setOpen(null), []);
  return (
    <div className="flex flex-wrap gap-2">
      {button('overrides', 'Overrides…', <SlidersHorizontal aria-hidden />)}
      {button('retry_failed', `Retry failed…`, <RotateCcw aria-hidden />)}
      {button('cancel', 'Cancel…', <Ban aria-hidden />)}
      {button('dispatch', 'Dispatch…', <Play aria-hidden />, true)}
      {open === 'overrides' ? <OverridesDialog order={order} onClose={close} /> : null}
      {open !== null && open !== 'overrides' ? <ActionDialog order={order} kind={open} onClose={close} /> : null}
    </div>
  );
}

function ActionDialog({ order, kind, onClose }: { order: Order; kind: SimpleKind; onClose: () => void }) {
  const { title, confirm, done, danger } = WORDS[kind];
  const { preview, act } = useOrderAction(order.number);
  const [first] = useState<() => ReturnType<typeof preview>>(() => () => preview({ kind } satisfies OrderAction));
  return (
    <ChangeDialog
      title={`${title} ${order.number}`}
      confirm={confirm}
      danger={danger === true}
      preview={first}
      act={(snapshot) => act({ kind }, snapshot)}
      onClose={onClose}
      onDone={() => {
        toast('good', `${order.number} ${done}`);
        onClose();
      }}
    />
  );
}
