import { formatNumber } from '../../components/format.ts';
import { visible } from '../../components/visible-text.ts';
import type { ToolTable } from './tool-result.ts';

function inCell(value: string | number | boolean | null): string {
  if (value === null) return '–';
  return typeof value === 'number' ? formatNumber(value) : visible(String(value));
}

/** The first rows of a query. */
export function ResultTable({ table }: { table: ToolTable }) {
  return (
    <div tabIndex={0} role="group" aria-label="Rows" className="overflow-x-auto">
      <table className="w-full text-left text-xs">
        <thead>
          <tr className="border-b border-line text-muted">
            {table.columns.map((name) => (
              <th key={name} scope="col" className="py-1 pr-3 font-medium">
                {visible(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={index} className="border-b border-line last:border-0">
              {row.map((value, column) => (
                <td key={column} className="max-w-40 truncate py-1 pr-3 tabular-nums">
                  {inCell(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {table.row_count > table.rows.length ? (
        <p className="pt-1 text-xs text-muted">and {formatNumber(table.row_count - table.rows.length)} more</p>
      ) : null}
    </div>
  );
}
