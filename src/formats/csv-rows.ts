// From text to rows of cells, through papaparse, piece by piece: what is held at any moment is one piece and one row.
import Papa from 'papaparse';

export interface CsvRow {
  /** Counted from 1 as a spreadsheet shows it: the header and empty rows count, a quoted line break does not. */
  number: number;
  cells: string[];
  /** The quotes of the row can't be made out. */
  badQuotes: boolean;
}

interface Parsed {
  data: string[][];
  errors: { row?: number }[];
  meta: { cursor: number };
}

/** A row that is longer than this has a quote that was never closed. */
const longestRow = 1_000_000;

export function parseText(text: string, separator: string, isAll: boolean): Parsed {
  const parsed: Parsed = new Papa.Parser({ delimiter: separator, newline: '\n' }).parse(text, 0, !isAll);
  return parsed;
}

/** The rows in batches of what one piece of text holds. The last line end does not make an empty row. */
export async function* rowsOf(pieces: AsyncIterable<string>, separator: string): AsyncGenerator<CsvRow[]> {
  let rest = '';
  let number = 0;
  const batch = (text: string, isAll: boolean): CsvRow[] => {
    const { data, errors, meta } = parseText(text, separator, isAll);
    const bad = new Set(errors.map((error) => error.row));
    const rows = data.map((cells, index) => ({ number: ++number, cells, badQuotes: bad.has(index) }));
    rest = isAll ? '' : text.slice(meta.cursor);
    return rows;
  };
  for await (const piece of pieces) {
    if (piece === '') continue;
    const rows = batch(rest + piece, false);
    if (rows.length > 0) yield rows;
    else if (rest.length > longestRow) {
      // Skip what the open quote would swallow: that row is faulty, and reading goes on after its line.
      const end = rest.indexOf('\n');
      const line = end === -1 ? rest : rest.slice(0, end);
      rest = end === -1 ? '' : rest.slice(end + 1);
      yield [{ number: ++number, cells: [line.slice(0, 200)], badQuotes: true }];
    }
  }
  if (rest.endsWith('\n')) rest = rest.slice(0, -1);
  if (rest !== '') yield batch(rest, true);
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}
