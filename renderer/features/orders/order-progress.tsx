import type { Order } from '../../../shared/domain/index.ts';
import { formatNumber } from '../../components/format.ts';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { useRunningShare } from '../../desk/live-progress.ts';

/** How far an order is: finished lines from its counts, running ones from the ticks. */
export function OrderProgress({ order }: { order: Pick<Order, 'id' | 'number' | 'lines'> }) {
  const { total, done, failed, running } = order.lines;
  const share = Math.min(useRunningShare(order.id), running);
  const whole = Math.max(1, total);
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <ProgressBar
        label={`Progress of ${order.number}`}
        done={done / whole}
        failed={failed / whole}
        running={share / whole}
      />
      <span className="w-28 shrink-0 text-xs whitespace-nowrap text-muted tabular-nums">
        {formatNumber(done)}/{formatNumber(total)}
        {failed > 0 ? <span className="text-bad"> · {formatNumber(failed)} failed</span> : null}
      </span>
    </div>
  );
}
