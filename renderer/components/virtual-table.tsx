import { memo, useEffect, useRef } from 'react';
import { FlexRender, useTable, type Row } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { LoaderCircle } from 'lucide-react';
import { cx } from './cx.ts';
import { tableModel, type TableColumn } from './table-columns.ts';

interface VirtualTableProps<T extends { id: string }> {
  /** What the rows are, for screen readers. */
  label: string;
  rows: T[];
  columns: TableColumn<T>[];
  rowHeight?: number;
  /** How many rows there are in all, loaded or not. */
  total?: number | undefined;
  more?: MoreRows | undefined;
  onOpen?: ((row: T) => void) | undefined;
  isSelected?: ((row: T) => boolean) | undefined;
}

/** The next page of a keyset list. */
export interface MoreRows {
  has: boolean;
  loading: boolean;
  load: () => void;
}

const OVERSCAN = 12;
/** Room under the last row, so that the chat button never covers it. */
const UNDER_LAST = 72;

/** A table that draws only the rows in sight and asks for more near its end. */
export function VirtualTable<T extends { id: string }>(props: VirtualTableProps<T>) {
  const { label, rows, columns, rowHeight = 44, total, more, onOpen, isSelected } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({ features: tableModel, columns, data: rows, getRowId: (row) => row.id });
  const model = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: model.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => model[index]?.id ?? index,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  useLoadMore(items.at(-1)?.index ?? 0, model.length, more);
  return (
    <div
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={(total ?? rows.length) + 1}
      className="h-full overflow-auto"
    >
      <div role="rowgroup" className="sticky top-0 z-10 border-b border-line bg-raised">
        {table.getHeaderGroups().map((group) => (
          <div
            key={group.id}
            role="row"
            aria-rowindex={1}
            className="flex items-center gap-4 px-4 py-2 text-xs font-medium text-muted"
          >
            {group.headers.map((header) => (
              <div key={header.id} role="columnheader" className={header.column.columnDef.meta?.className}>
                <table.FlexRender header={header} />
              </div>
            ))}
          </div>
        ))}
      </div>
      <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() + UNDER_LAST }}>
        {items.map((item) => {
          const row = model[item.index];
          if (row === undefined) return null;
          return (
            <TableRow
              key={row.id}
              row={row}
              start={item.start}
              height={rowHeight}
              selected={isSelected?.(row.original) ?? false}
              onOpen={onOpen}
            />
          );
        })}
      </div>
      {more?.loading ? (
        <p role="status" className="flex items-center justify-center gap-2 py-3 text-muted">
          <LoaderCircle className="size-4 animate-spin" aria-hidden /> Loading more…
        </p>
      ) : null}
    </div>
  );
}

interface TableRowProps<T extends object> {
  row: Row<typeof tableModel, T>;
  start: number;
  height: number;
  selected: boolean;
  onOpen: ((row: T) => void) | undefined;
}

/** The whole row takes the click; its first link or button is the keyboard's way in. */
function PlainTableRow<T extends object>({ row, start, height, selected, onOpen }: TableRowProps<T>) {
  return (
    <div
      role="row"
      aria-rowindex={row.index + 2}
      onClick={(event) => {
        if (onOpen && !(event.target as Element).closest('a, button, input, label, select')) onOpen(row.original);
      }}
      className={cx(
        'absolute inset-x-0 top-0 flex items-center gap-4 border-b border-line px-4',
        onOpen && 'cursor-pointer',
        selected ? 'bg-accent-soft' : 'hover:bg-sunken/60',
      )}
      style={{ height, transform: `translateY(${start}px)` }}
    >
      {row.getAllCells().map((cell) => (
        <div key={cell.id} role="cell" className={cell.column.columnDef.meta?.className}>
          <FlexRender cell={cell} />
        </div>
      ))}
    </div>
  );
}

/** Scrolling draws new rows only: one already drawn stays as it is. `memo` alone would lose the row's type. */
const TableRow = memo(PlainTableRow) as typeof PlainTableRow;

/** Asks for the next page when the last row in sight comes near the end of what is loaded. */
export function useLoadMore(lastIndex: number, loaded: number, more: MoreRows | undefined): void {
  const wanted = more !== undefined && more.has && !more.loading && lastIndex >= loaded - 1 - OVERSCAN;
  useEffect(() => {
    if (wanted) more?.load();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `load` is new on each render; what it loads depends on `loaded` alone
  }, [wanted, loaded]);
}
