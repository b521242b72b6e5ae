// The cells of one row, read field by field; what is wrong with one is noted with its column and its value.
import type { Day } from '../core/day.ts';
import type { RowError, RowErrorCode } from '../core/words-import.ts';
import { readAmount } from './csv-amount.ts';
import { readDate } from './csv-date.ts';
import type { Reading } from './csv-reading.ts';
import type { CsvRow } from './csv-rows.ts';
import { vocabularies, type WordField } from './csv-values.ts';

const longestText = 10_000;
const longestIdentifier = 200;
const control = /[\p{Cc}\ufffd]/u;
const badControl = /[^\P{Cc}\t\n]/u;
/** 1.929404e+09, 1,93E+09: what a spreadsheet makes of a long number. */
const damaged = /^[+-]?\d(?:[.,]\d+)?e\+\d+$|^[+-]?\d[.,]\d+e\d+$/i;
const formulaError = /^#(?:REF!|NOM\?|NAME\?|VALEUR!|VALUE!|N\/A|DIV\/0!|NULL!|NUM!|NOMBRE!)/i;
const address = /^[^\s@<>()",;:\\[\]]+@[^\s@<>()",;:\\[\]]+\.[^\s@<>()",;:\\[\].]{2,}$/;

export interface Cells {
  errors: RowError[];
  has(field: string): boolean;
  /** Trimmed, runs of spaces made one; '' where empty. */
  text(field: string): string;
  /** Text of several lines, as it stands. */
  lines(field: string): string;
  /** Text that stands for something: its leading zeros stay, a damaged one is refused. */
  identifier(field: string): string;
  date(field: string): Day | null;
  /** Minor units; null where the cell is empty or no amount. */
  amount(field: string, currency: string): number | null;
  /** A word of the field's list, as we call it; null where empty or unknown. */
  word(field: WordField): string | null;
  /** Addresses, lower case; several are parted by ; or , or a space. */
  emails(field: string): string[];
  fail(code: RowErrorCode, field: string | null, parameters?: Record<string, string | number>): void;
}

/** A reader of the rows of one file. Days are remembered: a file says few of them, many times. */
export function cellsReader(reading: Reading): (row: CsvRow) => Cells {
  const days = new Map<string, Day | null>();
  const width = reading.headings.length;
  const needed = Math.max(...reading.columns.values()) + 1;

  const dayOfText = (text: string): Day | null => {
    let day = days.get(text);
    if (day === undefined) {
      if (days.size > 20_000) days.clear();
      day = readDate(text, reading.dateOrder);
      days.set(text, day);
    }
    return day;
  };

  return (row) => {
    const errors: RowError[] = [];
    const failedFields = new Set<string>();
    const raw = (field: string): string => {
      const index = reading.columns.get(field);
      return index === undefined ? '' : (row.cells[index] ?? '');
    };
    const fail: Cells['fail'] = (code, field, parameters = {}) => {
      if (field !== null && failedFields.has(field)) return;
      if (field !== null) failedFields.add(field);
      const index = field === null ? undefined : reading.columns.get(field);
      const value = field === null ? null : cut(raw(field));
      errors.push({
        row: row.number,
        column: index === undefined ? field : reading.headings[index]!,
        value,
        code,
        with: value === null || value === '' ? parameters : { value, ...parameters },
      });
    };
    /** Trimmed and checked for what no text may hold. */
    const checked = (field: string, most: number): string => {
      const text = raw(field).trim();
      if (text.length > most) {
        fail('cell-too-long', field, { length: text.length, most });
        return '';
      }
      if (!control.test(text)) return text;
      if (text.includes('\ufffd')) fail('undecodable', field);
      else if (badControl.test(text)) fail('control-characters', field);
      else return text;
      return '';
    };
    const text = (field: string): string => {
      const found = checked(field, longestText);
      return /\s\s|[\t\n]/.test(found) ? found.replace(/\s+/g, ' ') : found;
    };

    if (row.badQuotes) fail('quotes-broken', null);
    else if (row.cells.length < needed) fail('cells-missing', null, { found: row.cells.length, expected: width });
    else if (row.cells.length > width && row.cells.slice(width).some((cell) => cell.trim() !== '')) {
      fail('cells-too-many', null, { found: row.cells.length, expected: width });
    }

    return {
      errors,
      has: (field) => reading.columns.has(field),
      text,
      lines: (field) => checked(field, longestText),
      fail,
      identifier(field) {
        const found = checked(field, longestIdentifier).replace(/\s+/g, ' ');
        if (damaged.test(found)) fail('identifier-damaged', field);
        else if (formulaError.test(found)) fail('spreadsheet-error', field);
        else return reading.tails.has(field) && /^\d+\.0$/.test(found) ? found.slice(0, -2) : found;
        return '';
      },
      date(field) {
        const found = text(field);
        if (found === '' || found === 'NaN' || found === 'NaT') return null;
        const day = dayOfText(found);
        if (day === null) fail('date-invalid', field, { order: reading.dateOrder });
        return day;
      },
      amount(field, currency) {
        const found = text(field);
        if (found === '' || found === 'NaN') return null;
        const minor = readAmount(found, reading.mark, currency);
        if (minor === null) fail('amount-invalid', field, { currency, mark: reading.mark });
        return minor;
      },
      word(field) {
        const found = text(field);
        if (found === '') return null;
        const word = vocabularies[field](found);
        if (word === undefined) fail('value-unknown', field);
        return word ?? null;
      },
      emails(field) {
        const parts = text(field)
          .split(/[;,]|\s+(?=[^<\s]*@)/)
          .map((part) => part.trim())
          .filter((part) => part !== '');
        const found = parts.map((part) => (/<([^<>]+)>$/.exec(part)?.[1] ?? part).toLowerCase());
        if (found.every((part) => part.length <= 254 && address.test(part))) return [...new Set(found)];
        fail('email-invalid', field);
        return [];
      },
    };
  };
}

/** A value as it is shown beside its error. */
function cut(value: string): string {
  const clean = value.replace(/\p{Cc}+/gu, ' ');
  return clean.length > 100 ? `${clean.slice(0, 100)}…` : clean;
}
