import { createColumnHelper, metaHelper, tableFeatures, type ColumnDef } from '@tanstack/react-table';

/** What our tables need to know of a column beyond its cells. */
export interface TableColumnMeta {
  /** Width and from which container width on it is shown: the same for head and cells. */
  className: string;
}

/** Features of every table of ours: the server sorts and filters, so only the core and our column meta. */
export const tableModel = tableFeatures({ columnMeta: metaHelper<TableColumnMeta>() });

/** A column of a table of `T`. */

export type TableColumn<T extends object> = ColumnDef<typeof tableModel, T>;

/** Typed helper for the columns of a table of `T`. */
export function columnsOf<T extends object>() {
  return createColumnHelper<typeof tableModel, T>();
}
