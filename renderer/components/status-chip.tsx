import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  Clock,
  LoaderCircle,
  TriangleAlert,
  type LucideIcon,
} from 'lucide-react';
import type { OrderStatus, RenderStatus } from '../../shared/domain/index.ts';
import { cx } from './cx.ts';

interface StatusLook {
  label: string;
  icon: LucideIcon;
  tone: string;
  spins?: true;
}

const LOOKS: Record<OrderStatus | RenderStatus, StatusLook> = {
  draft: { label: 'Draft', icon: CircleDashed, tone: 'bg-sunken text-content' },
  queued: { label: 'Queued', icon: Clock, tone: 'bg-info-soft text-info' },
  running: { label: 'Running', icon: LoaderCircle, tone: 'bg-accent-soft text-accent', spins: true },
  done: { label: 'Done', icon: CircleCheck, tone: 'bg-good-soft text-good' },
  done_with_failures: { label: 'Done with failures', icon: TriangleAlert, tone: 'bg-warn-soft text-warn' },
  failed: { label: 'Failed', icon: CircleX, tone: 'bg-bad-soft text-bad' },
  cancelling: { label: 'Cancelling', icon: LoaderCircle, tone: 'bg-sunken text-content', spins: true },
  cancelled: { label: 'Cancelled', icon: Ban, tone: 'bg-sunken text-content' },
};

/** The status of an order or a render in words. */
export function statusLabel(status: OrderStatus | RenderStatus): string {
  return LOOKS[status].label;
}

/** Icon and word of a status; colour only adds to them. */
export function StatusChip({ status }: { status: OrderStatus | RenderStatus }) {
  const { label, icon: Icon, tone, spins } = LOOKS[status];
  return (
    <span
      className={cx(
        'inline-flex items-center gap-1 rounded-full px-2 py-0.5 align-middle text-xs font-medium whitespace-nowrap',
        tone,
      )}
    >
      <Icon className={cx('size-3.5 shrink-0', spins && 'animate-spin [animation-duration:2s]')} aria-hidden />
      {label}
    </span>
  );
}
