// A table that becomes cards where it has little room. Roles are written out: a table whose cells are laid out otherwise would lose
// them for a screen reader.
import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Selection } from './selection.ts';

export interface Column<T> {
  title: string;
  cell: (row: T) => ReactNode;
  /** Amounts stand on the right, in figures of one width. */
  amount?: boolean;
  /** The row's buttons: no title on a card. */
  actions?: boolean;
}

/** Rows that can be chosen: which are, and how a screen reader names the boxes. */
interface Choosing<T> {
  selection: Selection;
  label: (row: T) => string;
  labelAll: string;
}

interface RowsProps<T> {
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
  choosing?: Choosing<T> | undefined;
  /** Its columns were chosen, so it may be wider than its room: it is moved within its own frame, its first column stays. */
  mayScroll?: boolean;
}

const classOf = ({ amount, actions }: { amount?: boolean; actions?: boolean }): string | undefined =>
  amount ? 'amount' : actions ? 'actions' : undefined;

/** With more, each has the room that its words want, and the table is moved. */
const mostInSight = 8;

export function Rows<T>({ label, columns, rows, keyOf, choosing, mayScroll = false }: RowsProps<T>) {
  const cells = columns.length + (choosing === undefined ? 0 : 1);
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: kept where the style takes the table's layout away
    <div className={mayScroll ? 'rows-scroll' : undefined} data-wide={cells > mostInSight || undefined}>
      <div className="rows-room" data-many={cells > 5 || undefined}>
        <table className="rows" role="table" aria-label={label}>
          <thead role="rowgroup">
            <tr role="row">
              {choosing === undefined ? null : (
                <th role="columnheader" scope="col" className="choose">
                  <ChooseAll choosing={choosing} keys={rows.map(keyOf)} />
                </th>
              )}
              {columns.map((column) => (
                <th key={column.title} role="columnheader" scope="col" className={classOf(column)}>
                  {column.actions ? <span className="hidden">{column.title}</span> : column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <tr key={keyOf(row)} role="row" data-chosen={choosing?.selection.chosen.has(keyOf(row)) || undefined}>
                {choosing === undefined ? null : (
                  <td role="cell" className="choose">
                    <Checkbox
                      size="xs"
                      aria-label={choosing.label(row)}
                      checked={choosing.selection.chosen.has(keyOf(row))}
                      onChange={() => choosing.selection.toggle(keyOf(row))}
                    />
                  </td>
                )}
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
      </div>
    </div>
    // biome-ignore-end lint/a11y/noRedundantRoles: kept where the style takes the table's layout away
  );
}

function ChooseAll<T>({ choosing, keys }: { choosing: Choosing<T>; keys: readonly string[] }) {
  const { chosen, toggleAll } = choosing.selection;
  const all = keys.length > 0 && keys.every((key) => chosen.has(key));
  return (
    <Checkbox
      size="xs"
      aria-label={choosing.labelAll}
      checked={all}
      indeterminate={!all && keys.some((key) => chosen.has(key))}
      onChange={() => toggleAll(keys)}
    />
  );
}
