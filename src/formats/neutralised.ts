// A cell that a spreadsheet would take for a formula is made text by an apostrophe (OWASP, "CSV Injection"). The full-width signs
// are taken for the plain ones where the spreadsheet is Japanese.

export function neutralised(cell: string): string {
  return /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(cell) ? `'${cell}` : cell;
}
