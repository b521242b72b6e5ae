// What an import speaks of: the kinds of files, a row on its way in, what became of the rows.

export const importKinds = ['customers', 'invoices', 'payments'] as const;
export type ImportKind = (typeof importKinds)[number];

/** A row as it waits to go in: the fields of its record beside where it stands; a faulty one has what could be told. */
export interface StagedRow {
  /** Row of the file, header included. */
  row: number;
  good: boolean;
  number: string | null;
  source: string;
}

/** Rows of the file: every row is counted once. */
export interface ImportCounts {
  rows: number;
  created: number;
  changed: number;
  unchanged: number;
  /** Rows with at least one error. */
  faulty: number;
}

/** A row that would change what is there. */
export interface ImportDifference {
  row: number;
  number: string;
  changes: { field: string; from: string | number | boolean | null; to: string | number | boolean | null }[];
}
