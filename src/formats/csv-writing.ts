// A list as CSV, a page of rows at a time: semicolons and decimal commas in French, as its spreadsheets expect.
import { toDecimal } from '../core/money.ts';
import type { FileCell, FileHead } from './file-cell.ts';
import { neutralised } from './neutralised.ts';

/** Pieces of the file: no more of it is in memory than the page that was read. The mark tells spreadsheets that it is UTF-8. */
export async function* csvPieces(head: FileHead, pages: AsyncIterable<FileCell[][]>): AsyncGenerator<string> {
  yield `\ufeff${line(head.titles, head.language)}`;
  for await (const rows of pages) if (rows.length > 0) yield rows.map((row) => line(row, head.language)).join('');
}

function line(cells: readonly FileCell[], language: 'fr' | 'en'): string {
  return `${cells.map((cell) => written(cell, language)).join(language === 'fr' ? ';' : ',')}\r\n`;
}

function written(cell: FileCell, language: 'fr' | 'en'): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'string') return `"${neutralised(cell).replaceAll('"', '""')}"`;
  if ('day' in cell) return cell.clock === undefined ? cell.day : `${cell.day} ${cell.clock}`;
  const decimal = toDecimal(cell.minor, cell.currency);
  return language === 'fr' ? decimal.replace('.', ',') : decimal;
}
