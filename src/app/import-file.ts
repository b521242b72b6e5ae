// Importing a CSV file of customers, invoices or payments: seen before, then done whole or not at all. The file streams into a
// stage of the transaction, is judged there against what is known, and goes in by sets.
import { done, type Fault, failed, type Result } from '../core/fault.ts';
import type { ImportCounts, ImportDifference, ImportKind, StagedRow } from '../core/import.ts';
import type { PaymentTerms } from '../core/payment-terms.ts';
import { termsInWords } from '../core/payment-terms-words.ts';
import type { ScreenLanguage } from '../core/reason-words.ts';
import type { ImportNote, RowError } from '../core/words-import.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { customersToReaddress, mergedLeftAlone } from '../db/import-customers.ts';
import { dueDatesFilled } from '../db/import-due-dates.ts';
import { errorsOfImport, listImports, noteImport, rememberedMapping, rememberMapping } from '../db/import-history.ts';
import { imports } from '../db/import-kinds.ts';
import { customersWhoPaid } from '../db/import-payments.ts';
import {
  closeStage,
  createStage,
  leaveStage,
  oneImportAtATime,
  stagedFaults,
  stageFaults,
  stageRows,
} from '../db/import-stage.ts';
import { customersWithPromises } from '../db/promise.ts';
import { refreshStatistics } from '../db/statistics.ts';
import type { Row } from '../db/tables.ts';
import { type ByteSource, type CsvFile, type CsvHints, openCsv } from '../formats/csv.ts';
import type { Mapping } from '../formats/csv-columns.ts';
import { readDate } from '../formats/csv-date.ts';
import {
  columnsMissing,
  examplesOf,
  headingsOfKind,
  headingsSignature,
  mappingShown,
  type Reading,
  type ReadingHints,
  readingOf,
} from '../formats/csv-reading.ts';
import { type RecordByKind, recordReader } from '../formats/csv-records.ts';
import { paymentsKnown } from './check-bank.ts';
import { type Acting, type CompanyWork, type Context, forCompany, tryForCompany } from './context.ts';
import { dropStaleTasks } from './drop-stale-tasks.ts';
import { keepPromisesPaid } from './end-promises.ts';
import { type Move, movesByRules, placeCustomers, readPlacing } from './place-customers.ts';
import { type Passage, passagesOf } from './preview-rules.ts';
import { readdressWaiting } from './readdress-waiting.ts';

/** What a person says of the file where the recognition is wrong, and how to treat what is unknown. */
export interface ImportOptions extends CsvHints, ReadingHints {
  /** Payments that name an unknown invoice: an error by default. */
  unknownInvoice?: 'refuse' | 'credit' | undefined;
}

export interface ImportRequest {
  kind: ImportKind;
  source: ByteSource;
  /** Field to column, before what is recognised. */
  mapping?: Mapping | undefined;
  options?: ImportOptions | undefined;
  onProgress?: ((progress: ImportProgress) => void) | undefined;
}

export interface ImportProgress {
  rows: number;
  bytes: number;
  /** null where the size of the file is not known. */
  bytesTotal: number | null;
}

/** How the file is read: shown, and corrected where it is wrong. */
export interface Recognised {
  encoding: string;
  separator: string;
  headerRow: number;
  columns: string[];
  /** Of each column, in their order, a value or two. */
  examples: string[][];
  dateOrder: string;
  datesAmbiguous: boolean;
  decimalMark: string;
  mapping: Mapping;
  notes: ImportNote[];
}

/** What the file would do; or that it can't be read before a person says more of it. */
export type ImportPreview = ImportRead | ImportUnsettled;

export interface ImportRead {
  state: 'read';
  recognised: Recognised;
  /** The first rows as they will be read; null where the row is faulty. */
  rows: { row: number; record: object | null; errors: RowError[] }[];
  counts: ImportCounts;
  differences: ImportDifference[];
  /** Customers known already whom enrolment rules would put in another sequence by what the file says. */
  passages: Passage[];
  errors: RowError[];
  errorCount: number;
}

/** `fault` is what importing it would answer; what is needed to answer it stands beside it. Nothing was counted. */
export interface ImportUnsettled {
  state: 'unsettled';
  recognised: Recognised;
  /** Of each group, one field must have a column. */
  missing: string[][];
  fault: Fault;
}

export interface ImportDone {
  importId: string;
  /** 'refused': there were errors and nothing went in. */
  state: 'finished' | 'refused';
  recognised: Recognised;
  /** Where the import was refused: what would have gone in. */
  counts: ImportCounts;
  /** The first thousand; all that are kept come with errorsOf. */
  errors: RowError[];
  errorCount: number;
}

/** What an import fills. */
const bulkTables = ['customer', 'contact', 'invoice', 'receivable', 'dunning_case', 'payment', 'allocation'] as const;

const rowsShown = 20;
const errorsShown = 1000;

/**
 * What the file would do. Nothing of the company changes. Columns that are missing and dates that contradict each other are no fault
 * here but a question, with all that a person needs to answer it: see ImportUnsettled.
 */
export async function previewImport(
  context: Context,
  acting: Acting,
  request: ImportRequest,
): Promise<Result<ImportPreview>> {
  return tryForCompany(context, acting, async (work) => {
    const opened = await openFor(work, request);
    if (!opened.ok) return opened;
    const { file, reading } = opened.value;
    const missing = columnsMissing(reading);
    if (missing !== null) return done(unsettled(file, reading, missing));
    const rows = firstRows(request.kind, file, reading, work.company.language);
    const staged = await stage(work, request, file, reading);
    if (!staged.ok) {
      return staged.fault.code === 'dates-contradict' ? done(unsettled(file, reading, staged.fault)) : staged;
    }
    const judged = await judge(work, request, reading, staged.value);
    const { faults } = judged;
    const dated = request.kind === 'invoices' ? await withDueDates(work, rows) : { rows, notes: [] };
    const recognised = recognisedAs(file, reading);
    return done({
      state: 'read',
      recognised: { ...recognised, notes: [...recognised.notes, ...dated.notes] },
      rows: dated.rows,
      counts: judged.counts,
      differences: await differences(work, request.kind),
      passages: await whoWouldMove(work, request, reading),
      errors: faults.first,
      errorCount: faults.errors,
    });
  });
}

/**
 * Imports the file, in one transaction. Where any row is faulty nothing changes and the answer is 'refused', unless
 * `skipBadRows` says that the good ones go in. The same file twice changes nothing. Faults: those of openCsv and readingOf,
 * 'columns-missing', 'dates-contradict', 'conflict' (the same numbers were written by someone else at this moment).
 */
export async function runImport(
  context: Context,
  acting: Acting,
  request: ImportRequest & { skipBadRows?: boolean | undefined },
): Promise<Result<ImportDone>> {
  const startedAt = new Date(context.now().epochMilliseconds);
  try {
    const imported = await forCompany(context, acting, async (work) => {
      const opened = await openFor(work, request);
      if (!opened.ok) return opened;
      const { file, reading, said } = opened.value;
      const missing = columnsMissing(reading);
      if (missing !== null) return { ok: false as const, fault: missing };
      const staged = await stage(work, request, file, reading);
      if (!staged.ok) return staged;
      const { companyId } = work.scope;
      await oneImportAtATime(work.tx, companyId);
      await imports[request.kind].lock(work.tx, companyId);
      const { counts, faults } = await judge(work, request, reading, staged.value);
      const state = faults.rows > 0 && request.skipBadRows !== true ? 'refused' : 'finished';
      const importId = newId();
      if (state === 'finished') {
        await imports[request.kind].write(work.tx, aboutImport(work, request, reading));
        await placeWritten(work, request.kind);
        if (request.kind === 'customers') await readdressWritten(work);
        await dropStaleTasks(work);
        await rememberMapping(work.tx, companyId, request.kind, headingsSignature(reading.headings), said);
      }
      const sha256 = file.sha256();
      await noteImport(work.tx, {
        companyId,
        id: importId,
        kind: request.kind,
        fileName: file.name,
        sha256,
        state,
        startedAt,
        finishedAt: new Date(context.now().epochMilliseconds),
        counts,
        errors: faults.errors,
        by: acting.actor,
      });
      if (state === 'finished' && request.kind === 'payments') {
        await keepPromisesPaid(work, await promisersWhoPaid(work));
        await paymentsKnown(context, work);
      }
      if (state === 'finished') {
        const payload = { importId, kind: request.kind, file: file.name, sha256: sha256.toString('hex'), ...counts };
        await recordEvents(work.tx, work.scope, [{ type: 'import.finished', payload }]);
      }
      await leaveStage(work.tx, staged.value);
      const recognised = recognisedAs(file, reading);
      return done<ImportDone>({ importId, state, recognised, counts, errors: faults.first, errorCount: faults.errors });
    });
    if (imported.ok) await refreshStatistics(context.db, imported.value.counts.created, bulkTables);
    return imported;
  } catch (error) {
    if (isCollision(error)) return failed('conflict', {});
    throw error;
  }
}

/** Whose payments are in the file, and who had promised something. */
async function promisersWhoPaid({ tx, company, today }: CompanyWork): Promise<string[]> {
  return customersWithPromises(tx, company.id, today, await customersWhoPaid(tx));
}

/** So many customers are placed at once. */
const placedAtOnce = 2000;

const readdressedAtOnce = 200;

/** Enrolment rules hold for what was imported; a customer that is new was in no sequence before, so nothing is told of it. */
async function placeWritten(work: CompanyWork, kind: ImportKind): Promise<void> {
  const { tx, company } = work;
  if ((await readPlacing(work)).rules.length === 0) return;
  let after: string | null = null;
  for (;;) {
    const page: { id: string; isNew: boolean }[] = await imports[kind].toPlace(tx, company.id, after, placedAtOnce);
    if (page.length === 0) return;
    after = page.at(-1)!.id;
    const idsOf = (isNew: boolean) => page.filter((one) => one.isNew === isNew).map(({ id }) => id);
    await placeCustomers(work, idsOf(true), { tell: false });
    await placeCustomers(work, idsOf(false));
  }
}

/** Messages that wait show to whom they would leave now. */
async function readdressWritten(work: CompanyWork): Promise<void> {
  const customerIds = await customersToReaddress(work.tx, work.company.id);
  for (let start = 0; start < customerIds.length; start += readdressedAtOnce)
    await readdressWaiting(work, customerIds.slice(start, start + readdressedAtOnce));
}

/** In a transaction that is taken back: the good rows are written, and rules asked of what is known then. */
async function whoWouldMove(work: CompanyWork, request: ImportRequest, reading: Reading): Promise<Passage[]> {
  const { tx, company } = work;
  const { rules } = await readPlacing(work);
  if (rules.length === 0 || request.kind === 'payments') return [];
  await imports[request.kind].write(tx, aboutImport(work, request, reading));
  const moves: Move[] = [];
  let after: string | null = null;
  for (;;) {
    const page: { id: string; isNew: boolean }[] = await imports[request.kind].toPlace(
      tx,
      company.id,
      after,
      placedAtOnce,
    );
    if (page.length === 0) return passagesOf(work, moves);
    after = page.at(-1)!.id;
    const known = page.filter(({ isNew }) => !isNew).map(({ id }) => id);
    moves.push(...(await movesByRules(work, known)));
  }
}

/** The errors of an import that was run, ten thousand at most; 'not-found' where there is no such import. */
export async function importErrors(context: Context, acting: Acting, importId: string): Promise<Result<RowError[]>> {
  return forCompany(context, acting, async ({ tx, scope }) => {
    const found = await tx
      .selectFrom('import')
      .select('id')
      .where('company_id', '=', scope.companyId)
      .where('id', '=', importId)
      .executeTakeFirst();
    if (found === undefined) return failed('not-found', { what: 'import', id: importId });
    return done(await errorsOfImport(tx, scope.companyId, importId));
  });
}

/** The imports of the company, the latest first; `before` is the identifier that the page before ended with. */
export async function importHistory(
  context: Context,
  acting: Acting,
  page: { most: number; before?: string | undefined },
): Promise<Row<'import'>[]> {
  return forCompany(context, acting, ({ tx, scope }) => listImports(tx, scope.companyId, page.most, page.before));
}

export { importErrorsCsv } from '../formats/csv-errors.ts';

interface Opened {
  file: CsvFile;
  reading: Reading;
  /** What is worth remembering: the columns as they are read, and what the person said of the file. */
  said: { mapping: Mapping; options: Record<string, string | number> };
}

/** Opens the file and settles how it is read: what the person says goes before what is remembered, that before what is recognised. */
async function openFor(work: CompanyWork, request: ImportRequest): Promise<Result<Opened>> {
  const { kind, mapping = {}, options = {} } = request;
  const opened = await openCsv(request.source, headingsOfKind(kind), options);
  if (!opened.ok) return opened;
  const file = opened.value;
  if (file.sampleIsAll && file.sample.length === 0) return failed('file-empty', { file: file.name });
  const signature = headingsSignature(file.layout.headings);
  const remembered = await rememberedMapping(work.tx, work.company.id, kind, signature);
  const hints: ReadingHints = { ...remembered?.options, ...withoutEmpty(options) };
  const wanted = { ...remembered?.mapping, ...mapping };
  const reading = readingOf(kind, file, wanted, hints, {
    country: work.company.country,
    currency: work.company.currency,
  });
  if (!reading.ok) return reading;
  if (remembered !== null) reading.value.notes.push({ code: 'mapping-remembered', with: {} });
  const { dateOrder, decimalMark } = hints;
  const said = { mapping: mappingShown(reading.value), options: withoutEmpty({ dateOrder, decimalMark }) };
  return done({ file, reading: reading.value, said });
}

function withoutEmpty<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

/**
 * Reads the whole file into the stage and tells how many rows it has. Dates that could be read in two ways at the file's
 * beginning, and later contradict the way that was taken, stop everything: rows already read may be wrong.
 */
async function stage(
  work: CompanyWork,
  request: ImportRequest,
  file: CsvFile,
  reading: Reading,
): Promise<Result<number>> {
  const { tx } = work;
  const read = recordReader(request.kind, reading);
  await createStage(tx, request.kind);
  let count = 0;
  for await (const batch of file.rows()) {
    for (let start = 0; start < batch.length; start += 2000) {
      const rows: StagedRow[] = [];
      const errors: RowError[] = [];
      for (const row of batch.slice(start, start + 2000)) {
        const { record, ...about } = read(row);
        rows.push({ row: about.row, number: about.number, source: about.source, good: record !== null, ...record });
        errors.push(...about.errors);
      }
      const contradiction = reading.datesAmbiguous ? errors.find((error) => contradicts(error, reading)) : undefined;
      if (contradiction !== undefined) {
        const { row, value } = contradiction;
        return failed('dates-contradict', { row, value: value ?? '', order: reading.dateOrder });
      }
      await stageRows(tx, request.kind, rows);
      await stageFaults(tx, errors);
      count += rows.length;
      request.onProgress?.({ rows: count, bytes: file.bytesRead(), bytesTotal: file.bytesTotal });
    }
  }
  await closeStage(tx, count);
  return done(count);
}

function contradicts(error: RowError, reading: Reading): boolean {
  const other = reading.dateOrder === 'dmy' ? 'mdy' : 'dmy';
  return error.code === 'date-invalid' && error.value !== null && readDate(error.value, other) !== null;
}

async function judge(work: CompanyWork, request: ImportRequest, reading: Reading, rows: number) {
  const { tx } = work;
  const repeated = await imports[request.kind].judge(tx, aboutImport(work, request, reading));
  const faults = await stagedFaults(tx, errorsShown);
  const leftAlone = request.kind === 'customers' ? await mergedLeftAlone(tx) : null;
  if (leftAlone !== null) reading.notes.push({ code: 'customers-merged', with: { customers: leftAlone } });
  const { created, changed, unchanged } = await imports[request.kind].count(tx);
  const counts: ImportCounts = { rows, created, changed, unchanged: unchanged + repeated, faulty: faults.rows };
  return { counts, faults };
}

function aboutImport(work: CompanyWork, request: ImportRequest, reading: Reading) {
  const headings = Object.fromEntries([...reading.columns].map(([field, index]) => [field, reading.headings[index]!]));
  const unknownInvoice = request.options?.unknownInvoice ?? ('refuse' as const);
  return { companyId: work.scope.companyId, today: work.today, headings, unknownInvoice };
}

async function differences(work: CompanyWork, kind: ImportKind): Promise<ImportDifference[]> {
  const found = await imports[kind].differences(work.tx, rowsShown);
  return found.map(({ row, number, was, is }) => {
    const fields = Object.keys(is).filter((field) => !isAlike(was[field] ?? null, is[field] ?? null));
    const changes = fields.map((field) => ({
      field,
      from: plain(was[field], work.company.language),
      to: plain(is[field], work.company.language),
    }));
    return { row, number, changes };
  });
}

const isAlike = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Payment terms are no value but in words. */
function plain(value: unknown, language: ScreenLanguage): string | number | boolean | null {
  if (typeof value === 'object' && value !== null && 'endOfMonth' in value)
    return termsInWords(value as PaymentTerms, language);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

function firstRows(kind: ImportKind, file: CsvFile, reading: Reading, language: ScreenLanguage): ImportRead['rows'] {
  const read = recordReader(kind, reading);
  return file.sample.slice(0, rowsShown).map((row) => {
    const { record, errors } = read(row);
    return { row: row.number, record: record && inFields(record, language), errors };
  });
}

/** A customer's record by the fields of its file, for whoever reads what was understood. */
function inFields(record: object, language: ScreenLanguage): object {
  if (!('forbiddenChannels' in record)) return record;
  const { forbiddenChannels, paymentTerms, ...plainly } = record as RecordByKind['customers'];
  return {
    ...plainly,
    paymentTerms: paymentTerms && termsInWords(paymentTerms, language),
    emailAllowed: forbiddenChannels && !forbiddenChannels.includes('email'),
  };
}

/** The rows with the due dates that payment terms give them, and what is told of it: how many get one, and by which terms. */
async function withDueDates(
  { tx }: CompanyWork,
  rows: ImportRead['rows'],
): Promise<{ rows: ImportRead['rows']; notes: ImportNote[] }> {
  const filled = await dueDatesFilled(
    tx,
    rows.map(({ row }) => row),
  );
  const dueOn = new Map(filled.rows.map((one) => [one.row, one.dueOn]));
  const notes = filled.byTerms.map(({ terms, count }): ImportNote => {
    return { code: 'due-dates-from-terms', with: { count, terms: JSON.stringify(terms) } };
  });
  const dated = rows.map((one) =>
    one.record === null || !dueOn.has(one.row) ? one : { ...one, record: { ...one.record, dueOn: dueOn.get(one.row) } },
  );
  return { rows: dated, notes };
}

function unsettled(file: CsvFile, reading: Reading, fault: Fault): ImportUnsettled {
  const missing = reading.missing.map((group) => [...group]);
  return { state: 'unsettled', recognised: recognisedAs(file, reading), missing, fault };
}

function recognisedAs(file: CsvFile, reading: Reading): Recognised {
  return {
    encoding: file.encoding,
    separator: file.layout.separator,
    headerRow: file.layout.headerRow,
    columns: file.layout.headings,
    examples: examplesOf(file),
    dateOrder: reading.dateOrder,
    datesAmbiguous: reading.datesAmbiguous,
    decimalMark: reading.mark,
    mapping: mappingShown(reading),
    notes: reading.notes,
  };
}

/** PostgreSQL's unique_violation: another transaction wrote the same number between our look and our writing. */
function isCollision(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
