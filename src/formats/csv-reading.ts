// How a file will be read: its columns resolved to fields, its dates' order, its decimal mark; with notes on what is doubtful.
import { done, type Fault, failed, type Result } from '../core/fault.ts';
import type { ImportKind } from '../core/import.ts';
import { readTerms } from '../core/payment-terms-words.ts';
import type { ImportNote } from '../core/words-import.ts';
import type { CsvFile } from './csv.ts';
import { type DecimalMark, decimalMarkOf } from './csv-amount.ts';
import {
  columnNamed,
  fieldsOf,
  isKnownHeading,
  type Mapping,
  missingFields,
  plainHeading,
  recognise,
} from './csv-columns.ts';
import { type DateOrder, dateOrderOf, usualDateOrder } from './csv-date.ts';
import { isWordField, vocabularies } from './csv-values.ts';

export interface Reading {
  kind: ImportKind;
  headings: readonly string[];
  /** Field to the column's place. */
  columns: ReadonlyMap<string, number>;
  /** What must be known and has no column: of each group, one field is enough. The file can't be read before. */
  missing: readonly (readonly string[])[];
  dateOrder: DateOrder;
  datesAmbiguous: boolean;
  mark: DecimalMark;
  /** Identifier fields whose numbers all end in '.0', as pandas writes whole numbers: it is taken off. */
  tails: ReadonlySet<string>;
  /** The company's: for rows that name none. */
  currency: string;
  notes: ImportNote[];
}

export interface ReadingHints {
  dateOrder?: DateOrder | undefined;
  decimalMark?: DecimalMark | undefined;
}

/** What the company gives where the file is silent. */
export interface Defaults {
  country: string;
  currency: string;
}

const identifiers = ['number', 'customerNumber', 'source', 'invoices'];
const dates = ['issuedOn', 'dueOn', 'receivedOn'];
const amounts = ['amount', 'openAmount', 'paidAmount'];

/**
 * Resolves how the file is read. `mapping` goes before what the headings say; an empty name leaves a field out. Fault:
 * 'column-unknown' (a field or column that does not exist).
 */
export function readingOf(
  kind: ImportKind,
  file: CsvFile,
  mapping: Mapping,
  hints: ReadingHints,
  defaults: Defaults,
): Result<Reading> {
  const { headings } = file.layout;
  const notes = notesOnLayout(file);
  const mapped = mappedColumns(kind, headings, mapping);
  if (!mapped.ok) return mapped;
  const columns = withRecognised(kind, file, mapped.value, mapping, notes);
  const missing = missingFields(kind, new Set(columns.keys()));
  const values = (fields: readonly string[]) => sampleValues(file, columns, fields);
  const order = hints.dateOrder
    ? { order: hints.dateOrder, ambiguous: false }
    : dateOrderOf(values(dates), usualDateOrder(defaults.country));
  const mark = hints.decimalMark
    ? { mark: hints.decimalMark, sure: true }
    : decimalMarkOf(values(amounts), usualMark(defaults.country));
  if (order.ambiguous) {
    const example = values(dates).find((value) => /^\d{1,2}\D/.test(value)) ?? '';
    notes.push({ code: 'dates-ambiguous', with: { order: order.order, example } });
  }
  if (!mark.sure) {
    const example = values(amounts).find((value) => /[.,]/.test(value)) ?? '';
    notes.push({ code: 'decimals-ambiguous', with: { mark: mark.mark, example } });
  }
  const tails = tailsOf(file, columns, notes);
  if (missing.length === 0) notes.push(...notesOnFields(kind, columns));
  return done({
    kind,
    headings,
    columns,
    missing,
    dateOrder: order.order,
    datesAmbiguous: order.ambiguous,
    mark: mark.mark,
    tails,
    currency: defaults.currency,
    notes,
  });
}

/** What is told where columns are missing: the fields, and what the file has instead; null where none is. */
export function columnsMissing({ missing, headings }: Reading): Fault | null {
  if (missing.length === 0) return null;
  const fields = missing.map((group) => group.join('/')).join(', ');
  return { code: 'columns-missing', with: { fields, columns: shown(headings) } };
}

/** Of each column, in their order, a value or two: what it holds, for whoever chooses what it is. */
export function examplesOf(file: CsvFile): string[][] {
  return file.layout.headings.map((_, index) => {
    const values = new Set<string>();
    for (const { cells } of file.sample) {
      const value = cells[index]?.trim().slice(0, 60) ?? '';
      if (value !== '') values.add(value);
      if (values.size === 2) break;
    }
    return [...values];
  });
}

/** The mapping as it can be shown, corrected and kept: every field of the kind, '' where it has no column. */
export function mappingShown(reading: Reading): Mapping {
  return Object.fromEntries(
    fieldsOf(reading.kind).map((field) => {
      const index = reading.columns.get(field);
      return [field, index === undefined ? '' : reading.headings[index]!];
    }),
  );
}

/** Files whose headings are the same have the same signature: that is what a mapping is remembered by. */
export function headingsSignature(headings: readonly string[]): string {
  return headings.map((heading) => plainHeading(heading) || heading).join('|');
}

function mappedColumns(kind: ImportKind, headings: readonly string[], mapping: Mapping): Result<Map<string, number>> {
  const known = fieldsOf(kind);
  const columns = new Map<string, number>();
  for (const [field, name] of Object.entries(mapping)) {
    const index = name === '' ? 0 : columnNamed(headings, name);
    if (!known.includes(field) || index === -1) {
      return failed('column-unknown', { field, column: name, fields: known.join(', '), columns: shown(headings) });
    }
    if (name !== '') columns.set(field, index);
  }
  return done(columns);
}

function shown(headings: readonly string[]): string {
  const first = headings.slice(0, 40).map((heading) => (heading.length > 60 ? `${heading.slice(0, 60)}…` : heading));
  return first.join(', ') + (headings.length > 40 ? ', …' : '');
}

/** Adds what the headings say; a column of words is taken only where most of its words are understood. */
function withRecognised(
  kind: ImportKind,
  file: CsvFile,
  mapped: Map<string, number>,
  mapping: Mapping,
  notes: ImportNote[],
): Map<string, number> {
  const columns = new Map(mapped);
  if (file.layout.headerRow === 0) return columns;
  for (const [field, index] of recognise(kind, file.layout.headings, new Set(mapped.values()))) {
    if (columns.has(field) || mapping[field] === '') continue;
    const meaning = isWordField(field) ? vocabularies[field] : field === 'paymentTerms' ? termsUnderstood : null;
    const example = meaning === null ? null : firstNotUnderstood(file, index, meaning);
    if (example === null) columns.set(field, index);
    else notes.push({ code: 'column-not-understood', with: { column: file.layout.headings[index]!, example } });
  }
  return columns;
}

/** Software gives its terms codes of its own: a column of them is no error in every row. */
const termsUnderstood = (text: string): string | undefined => (readTerms(text) === null ? undefined : text);

/** A value that is not understood where those are the most, else null. */
function firstNotUnderstood(
  file: CsvFile,
  index: number,
  meaning: (text: string) => string | undefined,
): string | null {
  const values = file.sample.map((row) => row.cells[index]?.trim() ?? '').filter((value) => value !== '');
  const unknown = values.filter((value) => meaning(value) === undefined);
  return unknown.length * 2 > values.length ? unknown[0]!.slice(0, 60) : null;
}

function sampleValues(file: CsvFile, columns: ReadonlyMap<string, number>, fields: readonly string[]): string[] {
  const places = fields.map((field) => columns.get(field)).filter((index) => index !== undefined);
  return file.sample
    .flatMap((row) => places.map((index) => row.cells[index]?.trim() ?? ''))
    .filter((value) => value !== '');
}

function tailsOf(file: CsvFile, columns: ReadonlyMap<string, number>, notes: ImportNote[]): Set<string> {
  const tails = new Set<string>();
  for (const field of identifiers) {
    const index = columns.get(field);
    if (index === undefined) continue;
    const values = sampleValues(file, columns, [field]);
    if (values.length === 0 || !values.every((value) => /^\d+\.0$/.test(value))) continue;
    tails.add(field);
    notes.push({ code: 'decimal-tail-removed', with: { column: file.layout.headings[index]! } });
  }
  return tails;
}

function notesOnLayout(file: CsvFile): ImportNote[] {
  const { headerRow } = file.layout;
  if (headerRow === 0) return [{ code: 'no-header', with: {} }];
  return headerRow > 1 ? [{ code: 'rows-above-header', with: { row: headerRow } }] : [];
}

function notesOnFields(kind: ImportKind, columns: ReadonlyMap<string, number>): ImportNote[] {
  const notes: ImportNote[] = [];
  if (kind === 'invoices' && !columns.has('issuedOn')) notes.push({ code: 'issue-date-from-due-date', with: {} });
  if (kind === 'invoices' && !columns.has('amount')) notes.push({ code: 'open-amount-is-total', with: {} });
  if (kind === 'payments' && !columns.has('number')) notes.push({ code: 'payments-without-number', with: {} });
  if (kind !== 'customers' && columns.has('customerName') && !columns.has('customerNumber')) {
    notes.push({ code: 'customers-by-name', with: {} });
  }
  return notes;
}

/** Which decimal mark a country writes. */
function usualMark(country: string): DecimalMark {
  return ['US', 'GB', 'IE', 'CH', 'CA', 'AU', 'NZ', 'IN', 'SG', 'HK', 'JP', 'CN', 'MX'].includes(country) ? '.' : ',';
}

/** Opens nothing: tells the sample reader which headings are worth looking for. */
export function headingsOfKind(kind: ImportKind): (heading: string) => boolean {
  return (heading) => isKnownHeading(kind, heading);
}
