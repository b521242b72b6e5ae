// What stands in a cell of a list that becomes a file, before it is CSV or XLSX: text stays text, whatever it looks like.
import type { Day } from '../core/day.ts';

export type FileCell = string | number | FileDay | FileAmount | null;

/** A day, and the minute on the clock ('09:30') where that is known and wanted. */
export interface FileDay {
  day: Day;
  clock?: string;
}

/** Minor units of its currency. */
export interface FileAmount {
  minor: number;
  currency: string;
}

/** The first row, and in which language a spreadsheet is expected to read the file. */
export interface FileHead {
  /** Of the sheet, where the format has sheets. */
  name: string;
  titles: readonly string[];
  language: 'fr' | 'en';
}
