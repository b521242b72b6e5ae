// A table that becomes cards on a narrow screen. Roles are written out: a table whose cells are laid out otherwise would lose
// them for a screen reader.
import type { ReactNode } from 'react';

export interface Column<T> {
  title: string;
  cell: (row: T) => ReactNode;
  /** Amounts stand on the right, in figures of one width. */
  amount?: boolean;
  /** The row's buttons: no title on a card. */
  actions?: boolean;
}

interface RowsProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
}

const classOf = ({ amount, actions }: { amount?: boolean; actions?: boolean }): string | undefined =>
  amount ? 'amount' : actions ? 'actions' : undefined;

export function Rows<T>({ label, columns, rows, keyOf }: RowsProps<T>) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: kept where the style takes the table's layout away
    <table className="rows" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column.title} role="columnheader" scope="col" className={classOf(column)}>
              {column.actions ? <span className="hidden">{column.title}</span> : column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column) => (
              <td
                key={column.title}
                role="cell"
                className={classOf(column)}
                data-title={column.actions ? undefined : column.title}
              >
                <div>{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: kept where the style takes the table's layout away
  );
}
