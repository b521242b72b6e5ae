// Rows that only the screen has as a file for a spreadsheet: semicolons in French, as its spreadsheets expect.
import { saveAs } from './save.ts';

/** Saved by the browser. A text that a spreadsheet would take for a formula is made text by an apostrophe. */
export function saveCsv(
  name: string,
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  language: 'fr' | 'en',
): void {
  const separator = language === 'fr' ? ';' : ',';
  const lines = [titles, ...rows].map((row) => row.map(quoted).join(separator));
  // The mark tells spreadsheets that it is UTF-8.
  saveAs(name, new Blob([`\ufeff${lines.join('\r\n')}\r\n`], { type: 'text/csv;charset=utf-8' }));
}

function quoted(text: string): string {
  return `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
