// The thread that makes an XLSX file: it is given the rows a page at a time and answers with the bytes. The library makes all of
// the file in one go, which for 100,000 rows takes seconds: no request is to wait for that.
import { parentPort, workerData } from 'node:worker_threads';
import writeXlsx, { type Cell } from 'write-excel-file/node';
import { currencySign } from '../core/format.ts';
import { digitsOf, toDecimal } from '../core/money.ts';
import type { FileCell, FileHead } from './file-cell.ts';

/** What the thread is told: rows, then null when there are no more. */
export type ToXlsxThread = FileCell[][] | null;

const head = workerData as FileHead;
const sheet: Cell[][] = [head.titles.map((title) => ({ value: title, type: String, fontWeight: 'bold' as const }))];
/** In characters; what is longer than the widest is read in its cell. */
const [narrowest, widest] = [9, 48];
const widths = head.titles.map((title) => title.length + 2);

parentPort!.on('message', (rows: ToXlsxThread) => {
  if (rows === null) void finish();
  else for (const row of rows) sheet.push(row.map(cellOf));
});

async function finish(): Promise<void> {
  const columns = widths.map((width) => ({ width: Math.min(Math.max(width, narrowest), widest) }));
  const file = await writeXlsx(sheet, { sheet: head.name, stickyRowsCount: 1, columns }).toBuffer();
  const bytes = Uint8Array.from(file);
  parentPort!.postMessage(bytes, [bytes.buffer]);
  parentPort!.close();
}

/** A spreadsheet holds no more in one cell. */
const longestText = 32_767;
/** Days before are numbers that spreadsheets do not agree on. */
const firstDay = '1900-03-01';

function cellOf(cell: FileCell, column: number): Cell {
  if (cell === null || cell === '') return null;
  if (typeof cell === 'number') return { value: cell, type: Number };
  if (typeof cell === 'string') return text(cell, column);
  if ('minor' in cell) return amount(cell.minor, cell.currency, column);
  const shown = cell.clock === undefined ? cell.day : `${cell.day} ${cell.clock}`;
  if (cell.day < firstDay) return text(shown, column);
  widen(column, shown);
  const value = new Date(`${cell.day}T${cell.clock ?? '00:00'}:00Z`);
  return { value, type: Date, format: cell.clock === undefined ? 'dd/mm/yyyy' : 'dd/mm/yyyy hh:mm' };
}

/** Declared as text: no number is made of it, no leading zero is lost, and no formula, not even when somebody edits the cell. */
function text(value: string, column: number): Cell {
  widen(column, value);
  return { value: value.slice(0, longestText), type: String, format: '@' };
}

function amount(minor: number, currency: string, column: number): Cell {
  const decimal = toDecimal(minor, currency);
  // Spaces between thousands, and the currency.
  widen(column, `${decimal} 000 000`);
  const digits = digitsOf(currency);
  const format = `#,##0${digits === 0 ? '' : `.${'0'.repeat(digits)}`}\\ "${currencySign(currency)}"`;
  return { value: Number(decimal), type: Number, format };
}

function widen(column: number, shown: string): void {
  if (shown.length + 2 > widths[column]!) widths[column] = shown.length + 2;
}
