// From a row to what it says: a customer, an invoice (or one instalment of it), a payment. A faulty row gives no record.
import { createHash } from 'node:crypto';
import type { Day } from '../core/day.ts';
import type { PaymentTerms } from '../core/payment-terms.ts';
import { readTerms } from '../core/payment-terms-words.ts';
import type { RowError } from '../core/words-import.ts';
import { type Cells, cellsReader } from './csv-cells.ts';
import type { Reading } from './csv-reading.ts';
import type { CsvRow } from './csv-rows.ts';

/** null means: the file does not say (no column, or an empty cell), so what is known stays. */
export interface InvoiceRecord {
  number: string;
  source: string;
  instalment: number;
  customerNumber: string | null;
  customerName: string | null;
  emails: string[];
  type: string | null;
  status: string | null;
  issuedOn: Day | null;
  dueOn: Day | null;
  currency: string;
  /** Minor units, without sign; null where only what is open is known. */
  totalMinor: number | null;
  openMinor: number | null;
  paymentMethod: string | null;
  directDebit: boolean | null;
  orderReference: string | null;
}

interface CustomerRecord {
  number: string;
  name: string | null;
  kind: string | null;
  category: string | null;
  language: string | null;
  contactName: string | null;
  emails: string[];
  role: string | null;
  phone: string | null;
  street: string | null;
  postcode: string | null;
  city: string | null;
  country: string | null;
  paymentTerms: PaymentTerms | null;
  /** A member of the company, by e-mail or name. */
  inCharge: string | null;
  salespersonName: string | null;
  salespersonEmail: string | null;
  /** By which nothing is sent to it; none are allowed all. */
  forbiddenChannels: 'email'[] | null;
  /** The number of the customer that pays for it. */
  payerNumber: string | null;
  notes: string | null;
}

interface PaymentRecord {
  number: string | null;
  /** Where there is no number: what the row says, to tell it from others and to know it again. */
  digest: string | null;
  source: string;
  customerNumber: string | null;
  customerName: string | null;
  invoices: string[];
  receivedOn: Day;
  amountMinor: number;
  currency: string;
  label: string | null;
}

export interface RecordByKind {
  customers: CustomerRecord;
  invoices: InvoiceRecord;
  payments: PaymentRecord;
}

export interface ReadRow<R> {
  row: number;
  /** What the row is about, where that can be told: instalments stand and fall together, so a faulty one is named. */
  number: string | null;
  source: string;
  record: R | null;
  errors: RowError[];
}

const readers = { customers: customerOf, invoices: invoiceOf, payments: paymentOf } as const;

/** The reader of a file's rows, one after another. */
export function recordReader<K extends keyof RecordByKind>(
  kind: K,
  reading: Reading,
): (row: CsvRow) => ReadRow<RecordByKind[K]> {
  const cellsOf = cellsReader(reading);
  const read = readers[kind] as (cells: Cells, reading: Reading) => RecordByKind[K];
  return (row) => {
    const cells = cellsOf(row);
    // In a row whose cells are shifted every other complaint would be noise.
    if (cells.errors.length > 0)
      return { row: row.number, number: null, source: '', record: null, errors: cells.errors };
    const record = read(cells, reading);
    const source = 'source' in record ? record.source : '';
    const isGood = cells.errors.length === 0;
    return {
      row: row.number,
      number: record.number || null,
      source,
      record: isGood ? record : null,
      errors: cells.errors,
    };
  };
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}

function requiredIdentifier(cells: Cells, field: string): string {
  const value = cells.identifier(field);
  if (value === '') cells.fail('required', field);
  return value;
}

function invoiceOf(cells: Cells, reading: Reading): InvoiceRecord {
  const currency = cells.word('currency') ?? reading.currency;
  const amount = cells.amount('amount', currency);
  const open = cells.amount('openAmount', currency);
  const paid = cells.amount('paidAmount', currency);
  const status = cells.word('status');
  if (amount === null && open === null) cells.fail('required', cells.has('amount') ? 'amount' : 'openAmount');
  const dueOn = cells.date('dueOn');
  const issuedOn = cells.date('issuedOn');
  if (issuedOn === null && dueOn === null) cells.fail('required', cells.has('issuedOn') ? 'issuedOn' : 'dueOn');
  const { customerNumber, customerName } = customerIn(cells);
  if (customerNumber === null && customerName === null) {
    cells.fail('required', cells.has('customerNumber') ? 'customerNumber' : 'customerName');
  }
  const balance = balanceOf(cells, amount, open, paid, status === 'paid');
  const type = cells.word('type');
  return {
    number: requiredIdentifier(cells, 'number'),
    source: cells.identifier('source'),
    instalment: instalmentOf(cells),
    customerNumber,
    customerName,
    emails: cells.emails('email'),
    type: (amount ?? open ?? 0) < 0 ? 'credit_note' : type,
    status: status === 'paid' ? 'issued' : status,
    issuedOn,
    dueOn,
    currency,
    ...balance,
    paymentMethod: orNull(cells.text('paymentMethod')),
    directDebit: cells.has('directDebit') ? yesOrNo(cells.word('directDebit')) : null,
    orderReference: orNull(cells.text('orderReference')),
  };
}

function yesOrNo(word: string | null): boolean | null {
  return word === null ? null : word === 'yes';
}

/** Amounts without their sign (a negative one is a credit note); open is null where the file says nothing of it. */
function balanceOf(
  cells: Cells,
  amount: number | null,
  open: number | null,
  paid: number | null,
  isPaid: boolean,
): { totalMinor: number | null; openMinor: number | null } {
  const total = amount === null ? null : Math.abs(amount);
  let left = open === null ? null : Math.abs(open);
  if (left === null && total !== null && paid !== null) left = total - Math.abs(paid);
  if (left === null && total !== null && isPaid) left = 0;
  const signsDiffer = amount !== null && open !== null && amount * open < 0;
  if (total !== null && left !== null && (left > total || left < 0 || signsDiffer)) {
    cells.fail('open-exceeds-amount', cells.has('openAmount') ? 'openAmount' : 'paidAmount');
  }
  return { totalMinor: total, openMinor: left };
}

/** '2', '2/3' or 'échéance 2'; 1 where the file has no such column. */
function instalmentOf(cells: Cells): number {
  if (!cells.has('instalment')) return 1;
  const text = cells.text('instalment');
  const position = /\d+/.exec(text);
  if (text === '') cells.fail('required', 'instalment');
  else if (position === null || Number(position[0]) < 1 || Number(position[0]) > 1000)
    cells.fail('value-unknown', 'instalment');
  return position === null ? 1 : Number(position[0]);
}

function customerIn(cells: Cells): { customerNumber: string | null; customerName: string | null } {
  return {
    customerNumber: orNull(cells.identifier('customerNumber')),
    customerName: orNull(cells.text('customerName')),
  };
}

function customerOf(cells: Cells): CustomerRecord {
  const name = orNull(cells.text('name'));
  const number = cells.has('number') ? requiredIdentifier(cells, 'number') : (name ?? '');
  if (number === '') cells.fail('required', 'name');
  return {
    number,
    name,
    kind: cells.word('kind'),
    category: orNull(cells.text('category')),
    language: cells.word('language'),
    contactName: orNull(cells.text('contactName')),
    emails: cells.emails('email'),
    role: cells.word('role'),
    phone: orNull(cells.text('phone')),
    street: orNull(cells.text('street')),
    postcode: orNull(cells.text('postcode')),
    city: orNull(cells.text('city')),
    country: cells.word('country'),
    paymentTerms: termsIn(cells),
    inCharge: orNull(cells.text('inCharge')),
    salespersonName: orNull(cells.text('salespersonName')),
    salespersonEmail: cells.emails('salespersonEmail')[0] ?? null,
    forbiddenChannels: forbiddenIn(cells),
    payerNumber: cells.has('payer') ? orNull(cells.identifier('payer')) : null,
    notes: orNull(cells.lines('notes')),
  };
}

function termsIn(cells: Cells): PaymentTerms | null {
  const text = cells.text('paymentTerms');
  if (text === '') return null;
  const terms = readTerms(text);
  if (terms === null) cells.fail('terms-unknown', 'paymentTerms');
  return terms;
}

function forbiddenIn(cells: Cells): 'email'[] | null {
  const allowed = cells.has('emailAllowed') ? yesOrNo(cells.word('emailAllowed')) : null;
  return allowed === null ? null : allowed ? [] : ['email'];
}

function paymentOf(cells: Cells, reading: Reading): PaymentRecord {
  const currency = cells.word('currency') ?? reading.currency;
  const amountMinor = cells.amount('amount', currency) ?? 0;
  if (cells.text('amount') === '') cells.fail('required', 'amount');
  else if (amountMinor <= 0) cells.fail('amount-not-positive', 'amount');
  const receivedOn = cells.date('receivedOn');
  if (receivedOn === null) cells.fail('required', 'receivedOn');
  const { customerNumber, customerName } = customerIn(cells);
  const invoices = cells
    .identifier('invoices')
    .split(/[;,|]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (customerNumber === null && customerName === null && invoices.length === 0) {
    cells.fail('required', ['invoices', 'customerNumber', 'customerName'].find((field) => cells.has(field))!);
  }
  const number = orNull(cells.identifier('number'));
  const source = cells.identifier('source');
  const label = orNull(cells.text('label'));
  const said = { customerNumber, customerName, invoices, receivedOn, amountMinor, currency, label };
  return {
    number,
    digest: number === null ? digestOf(Object.values(said)) : null,
    source,
    ...said,
    receivedOn: receivedOn ?? '',
    invoices: [...new Set(invoices)],
  };
}

function digestOf(values: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 32);
}
