import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { ProgressBar } from '../../components/progress-bar.tsx';
import { StatusChip } from '../../components/status-chip.tsx';
import { useLoadMore, type MoreRows } from '../../components/virtual-table.tsx';
import { useLineProgress } from '../../desk/live-progress.ts';
import { LineImage } from './line-image.tsx';
import type { ShownLine } from './shown-line.ts';

const NARROWEST_CARD = 152;
const GAP = 12;
const PADDING = 16;
/** Height of the words under a picture. */
const CAPTION = 62;

interface LineGridProps {
  lines: ShownLine[];
  more: MoreRows;
  onOpen: (line: ShownLine) => void;
}

/** Lines as pictures; only the rows in sight are drawn. */
export function LineGrid({ lines, more, onOpen }: LineGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const width = useWidth(scroller) - 2 * PADDING;
  const columns = Math.max(2, Math.floor((width + GAP) / (NARROWEST_CARD + GAP)));
  const rowHeight = Math.max(80, (width - (columns - 1) * GAP) / columns) + CAPTION + GAP;
  const virtual = useVirtualizer({
    count: width > 0 ? Math.ceil(lines.length / columns) : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 3,
  });
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const rows = virtual.getVirtualItems();
  useLoadMore((rows.at(-1)?.index ?? 0) * columns + columns, lines.length, more);
  return (
    <div ref={scroller} className="h-full overflow-y-auto">
      <ul
        aria-label="Renders"
        className="relative"
        style={{ height: virtual.getTotalSize() + PADDING, marginInline: PADDING }}
      >
        {rows.flatMap((row) =>
          lines.slice(row.index * columns, (row.index + 1) * columns).map((line, place) => (
            <li
              key={line.id}
              className="absolute top-0"
              style={{
                left: `calc(${place} * (100% + ${GAP}px) / ${columns})`,
                width: `calc((100% - ${(columns - 1) * GAP}px) / ${columns})`,
                height: rowHeight - GAP,
                transform: `translateY(${row.start}px)`,
              }}
            >
              <LineCard line={line} onOpen={() => onOpen(line)} />
            </li>
          )),
        )}
      </ul>
    </div>
  );
}

function LineCard({ line, onOpen }: { line: ShownLine; onOpen: () => void }) {
  const progress = useLineProgress(line.order_id, line.id) ?? line.progress;
  return (
    <button
      type="button"
      onClick={onOpen}
      title={line.error ?? line.product.name}
      className="flex size-full flex-col overflow-hidden rounded-lg border border-line bg-raised text-left transition-shadow hover:shadow-md"
    >
      <span className="relative block min-h-0 w-full flex-1 overflow-hidden">
        <LineImage line={line} />
        {line.status === 'running' ? (
          <span className="absolute inset-x-2 bottom-2">
            <ProgressBar label={`Progress of ${line.product.pim_id}`} done={0} running={progress} />
          </span>
        ) : null}
      </span>
      <span className="block w-full space-y-1 border-t border-line px-2 py-1.5">
        <span className="block truncate text-xs font-medium">{line.product.pim_id}</span>
        <StatusChip status={line.shown} />
      </span>
    </button>
  );
}

function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
