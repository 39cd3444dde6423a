import { ORDER_STATUSES } from '../../../shared/domain/index.ts';
import { CheckField } from '../../components/fields.tsx';
import { cx } from '../../components/cx.ts';
import { statusLabel } from '../../components/status-chip.tsx';
import { useOrdersView } from './orders-store.ts';

/** `cancelling` passes too quickly to look for. */
const CHOICES = [undefined, ...ORDER_STATUSES.filter((status) => status !== 'cancelling')];

/** By status and by person. */
export function OrderFilters() {
  const { status, mine } = useOrdersView();
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div role="group" aria-label="Status" className="flex max-w-full gap-1 overflow-x-auto pb-0.5">
        {CHOICES.map((choice) => (
          <button
            key={choice ?? 'all'}
            type="button"
            aria-pressed={choice === status}
            onClick={() => useOrdersView.setState({ status: choice })}
            className={cx(
              'h-7 shrink-0 rounded-full border px-3 text-xs font-medium transition-colors',
              choice === status
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-line bg-raised text-muted hover:text-content',
            )}
          >
            {choice === undefined ? 'All' : statusLabel(choice)}
          </button>
        ))}
      </div>
      <CheckField label="Only mine" checked={mine} onChange={(checked) => useOrdersView.setState({ mine: checked })} />
    </div>
  );
}
