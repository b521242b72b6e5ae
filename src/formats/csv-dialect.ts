// What a sample of the text shows: which character parts the cells, which row holds the headings.
import { readAmount } from './csv-amount.ts';
import { readDate } from './csv-date.ts';
import { isBlank, parseText } from './csv-rows.ts';

const separators = [';', ',', '\t', '|'] as const;
export type Separator = (typeof separators)[number];

export interface Layout {
  separator: Separator;
  /** Row of the headings, counted from 1; 0 where the file has none. */
  headerRow: number;
  /** One heading for each column; '1', '2' … where the file has none. */
  headings: string[];
  /** First row of data, counted from 1. */
  firstRow: number;
}

/** Beyond the first rows a header is not looked for. */
const headerWithin = 50;
const rowsLookedAt = 200;

/** The layout of the sample, or of what the person said of it. `isKnown` tells whether a heading is one of ours. */
export function layoutOf(
  sample: string,
  isKnown: (heading: string) => boolean,
  said: { separator?: Separator | undefined; headerRow?: number | undefined } = {},
): Layout {
  const announced = /^sep=([;,\t|])\n/.exec(sample)?.[1] as Separator | undefined;
  const separator = said.separator ?? announced ?? separatorOf(sample, isKnown);
  const rows = parseText(sample, separator, true).data.slice(0, rowsLookedAt);
  const headerRow = said.headerRow ?? headerRowOf(rows, isKnown);
  if (headerRow > 0) {
    const headings = distinct(rows[headerRow - 1] ?? []);
    return { separator, headerRow, headings, firstRow: headerRow + 1 };
  }
  const firstRow = announced === undefined ? 1 : 2;
  const headings = Array.from({ length: usualWidth(rows) }, (_, index) => String(index + 1));
  return { separator, headerRow: 0, headings, firstRow };
}

/** The separator under which most rows have one width, wider being better, and headings are known. */
function separatorOf(sample: string, isKnown: (heading: string) => boolean): Separator {
  let best: Separator = ',';
  let bestScore = 0;
  for (const separator of separators) {
    const rows = parseText(sample, separator, true)
      .data.slice(0, rowsLookedAt)
      .filter((row) => !isBlank(row));
    const width = usualWidth(rows);
    if (width < 2) continue;
    const share = rows.filter((row) => row.length === width).length / rows.length;
    const headings = Math.max(...rows.slice(0, headerWithin).map((row) => knownIn(row, isKnown)));
    const score = share + Math.min(headings, 4) * 0.2 + Math.min(width, 20) / 100;
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return best;
}

/** The width that most rows have, rows of one cell aside where there are others. */
function usualWidth(rows: readonly string[][]): number {
  const counts = new Map<number, number>();
  for (const row of rows) if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let best = rows.length > 0 ? 1 : 0;
  for (const [width, count] of counts) if (count > (counts.get(best) ?? 0)) best = width;
  return best;
}

/** The row of the headings, counted from 1, or 0: words only, each once, as wide as the data, best of all known ones. */
function headerRowOf(rows: readonly string[][], isKnown: (heading: string) => boolean): number {
  const width = usualWidth(rows);
  let best = 0;
  let bestScore = 0;
  rows.slice(0, headerWithin).forEach((row, index) => {
    const filled = row.filter((cell) => cell.trim() !== '');
    if (filled.length === 0 || filled.length < Math.min(width, 2) || !filled.every(isHeadingLike)) return;
    const known = knownIn(row, isKnown);
    const fits = row.length === width && filled.length > width / 2;
    if (known === 0 && !(fits && looksLikeData(rows[index + 1]))) return;
    const score = known * 10 + (fits ? 5 : 0) + filled.length / Math.max(width, 1) - index / 100;
    if (score > bestScore) [best, bestScore] = [index + 1, score];
  });
  return best;
}

function knownIn(row: readonly string[], isKnown: (heading: string) => boolean): number {
  return row.filter((cell) => cell.length <= 80 && isKnown(cell)).length;
}

function isHeadingLike(cell: string): boolean {
  const text = cell.trim();
  return text.length <= 80 && /\p{L}/u.test(text) && !isValue(text);
}

function looksLikeData(row: readonly string[] | undefined): boolean {
  return row?.some((cell) => isValue(cell.trim())) ?? false;
}

/** A date, an amount or an address: what stands in data and not in headings. */
function isValue(text: string): boolean {
  if (text === '') return false;
  if (text.includes('@') || /^\d[\w.-]*$/.test(text)) return true;
  if (readDate(text, 'dmy') !== null || readDate(text, 'mdy') !== null) return true;
  return readAmount(text, '.', 'EUR') !== null || readAmount(text, ',', 'EUR') !== null;
}

/** Headings trimmed; a second "Date" becomes "Date (2)" so that a mapping can name it, an empty one its number. */
function distinct(row: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return row.map((cell, index) => {
    const heading = cell.trim().replace(/\s+/g, ' ') || String(index + 1);
    const count = (seen.get(heading) ?? 0) + 1;
    seen.set(heading, count);
    return count === 1 ? heading : `${heading} (${count})`;
  });
}
