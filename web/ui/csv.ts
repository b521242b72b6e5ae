// Rows of the screen as a file for a spreadsheet: semicolons and decimal commas in French, as its spreadsheets expect.
import { typedAmount } from './format.ts';

type Cell = string | number | { minor: number; currency: string };

/** Saved by the browser. A text that a spreadsheet would take for a formula is made text by an apostrophe. */
export function saveCsv(
  name: string,
  titles: readonly string[],
  rows: readonly (readonly Cell[])[],
  language: 'fr' | 'en',
): void {
  const separator = language === 'fr' ? ';' : ',';
  const lines = [titles, ...rows].map((row) => row.map((cell) => quoted(cell, language)).join(separator));
  // The mark tells spreadsheets that it is UTF-8.
  const file = new Blob([`\ufeff${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function quoted(cell: Cell, language: 'fr' | 'en'): string {
  if (typeof cell === 'object') return typedAmount(cell.minor, cell.currency, language);
  const text = String(cell);
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
