// Lists and single things as they are shown: customers, invoices, payments, reminders, history. Reading only.
import { everyDay, sendingDaysSince } from '../core/calendar.ts';
import type { Day } from '../core/day.ts';
import type { Ending } from '../core/ending.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { mayExceedLaw } from '../core/payment-terms.ts';
import type { Timing } from '../core/timing.ts';
import { standInsOn } from '../db/absence.ts';
import { type BlockedAddress, blockedAddressesOf, blockedAmong } from '../db/blocked-address.ts';
import { openChargesOf } from '../db/charge.ts';
import { filesOfSteps } from '../db/company-file.ts';
import { readLatestNews } from '../db/event.ts';
import { endingOf, readCalendar, timingOf } from '../db/facts.ts';
import { type HistoryFilter, type HistoryRow, listActors, listHistory } from '../db/history.ts';
import * as lists from '../db/lists.ts';
import { type MergedCustomer, mergedFrom, mergedInto } from '../db/merge.ts';
import type { ChosenRows, ListPage, PageRequest } from '../db/paging.ts';
import { customersPaidFor, type NamedCustomer, namedCustomer } from '../db/payer.ts';
import { pausedSequences, sequenceSizes } from '../db/sequence.ts';
import type { Row } from '../db/tables.ts';
import { type TermsShown, termsShown } from './agreed-with.ts';
import { type Acting, type Context, forCompany } from './context.ts';

/** What a list of that name is asked with. */
export type Request<F extends keyof typeof lists> = (typeof lists)[F] extends (...args: infer A) => unknown
  ? A[A extends [unknown, unknown, unknown, unknown] ? 3 : 2]
  : never;

export interface CustomerShown extends lists.CustomerListRow {
  paymentTerms: TermsShown | null;
}

const customerShown = (row: lists.CustomerListRow, company: Row<'company'>): CustomerShown => ({
  ...row,
  paymentTerms: row.paymentTerms && termsShown(row.paymentTerms, company),
});

/** `inCharge`: also 'me', whoever asks, with those of the members for whom that one stands in today. */
export function browseCustomers(
  context: Context,
  acting: Acting,
  request: Request<'listCustomers'>,
): Promise<ListPage<CustomerShown>> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const list = async (filter: Request<'listCustomers'>) => {
      const { rows, nextCursor } = await lists.listCustomers(tx, company, today, filter);
      return { rows: rows.map((row) => customerShown(row, company)), nextCursor };
    };
    if (request.inCharge !== 'me') return list(request);
    const away = [...(await standInsOn(tx, company.id, today)).values()];
    const stoodInFor = away.filter(({ standInUserId }) => standInUserId === acting.actor).map(({ userId }) => userId);
    const inChargeAmong = [acting.actor, ...stoodInFor];
    return list({ ...request, inCharge: undefined, inChargeAmong });
  });
}

/** Those whom customers have, each with how many. */
export function browseSalespeople(context: Context, acting: Acting): Promise<{ name: string; customers: number }[]> {
  return forCompany(context, acting, ({ tx, company }) => lists.salespeople(tx, company.id));
}

export function browseInvoices(context: Context, acting: Acting, request: Request<'listInvoices'>) {
  return forCompany(context, acting, ({ tx, company, today }) => lists.listInvoices(tx, company.id, today, request));
}

export function sumInvoices(context: Context, acting: Acting, filter: lists.InvoiceFilter) {
  return forCompany(context, acting, ({ tx, company, today }) => lists.sumInvoices(tx, company.id, today, filter));
}

/** What is to be reminded next, by level. */
export function browseLevelsDue(context: Context, acting: Acting): Promise<lists.LevelDue[]> {
  return forCompany(context, acting, ({ tx, company }) => lists.levelsDue(tx, company.id));
}

export function browseCustomersDue(context: Context, acting: Acting, request: Request<'customersDue'>) {
  return forCompany(context, acting, ({ tx, company }) => lists.customersDue(tx, company.id, request));
}

export function browsePayments(context: Context, acting: Acting, request: Request<'listPayments'>) {
  return forCompany(context, acting, ({ tx, company }) => lists.listPayments(tx, company.id, request));
}

export interface ReminderShown extends lists.ReminderListRow {
  /** For how many sending days it has waited for approval; null where it does not. */
  waitsDays: number | null;
  waitsTooLong: boolean;
}

export function browseReminders(
  context: Context,
  acting: Acting,
  request: Omit<Request<'listReminders'>, 'today'>,
): Promise<ListPage<ReminderShown>> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const { rows, nextCursor } = await lists.listReminders(tx, company.id, { ...request, today });
    // Only what waits for approval is counted in sending days.
    const calendar = rows.some((row) => row.state === 'to_approve') ? await readCalendar(tx, company) : everyDay;
    return {
      nextCursor,
      rows: rows.map((row) => {
        const waitsDays = row.state === 'to_approve' ? sendingDaysSince(calendar, row.waitsSince, today) : null;
        return { ...row, waitsDays, waitsTooLong: (waitsDays ?? 0) > company.approval_wait_days };
      }),
    };
  });
}

export function browseHistory(context: Context, acting: Acting, request: Request<'listEvents'>) {
  return forCompany(context, acting, ({ tx, company }) => lists.listEvents(tx, company.id, request));
}

/** All that happened in the company, of its customers and of itself. */
export function browseCompanyHistory(
  context: Context,
  acting: Acting,
  request: PageRequest & ChosenRows & HistoryFilter,
): Promise<ListPage<HistoryRow>> {
  return forCompany(context, acting, ({ tx, company }) => listHistory(tx, company.id, request));
}

/** Who ever did something in the company. */
export function browseActors(context: Context, acting: Acting): Promise<{ actor: string; name: string | null }[]> {
  return forCompany(context, acting, ({ tx, company }) => listActors(tx, company.id));
}

/** What of a customer's payments and credit notes is not allocated yet. */
export function browseCredits(context: Context, acting: Acting, customerId: string): Promise<lists.CreditRow[]> {
  return forCompany(context, acting, ({ tx, company }) => lists.creditRows(tx, company.id, customerId));
}

/** A text that is another one as soon as something more has happened in the company; null: nothing yet. */
export function latestNews(context: Context, acting: Acting): Promise<string | null> {
  return forCompany(context, acting, ({ tx, company }) => readLatestNews(tx, company.id));
}

export interface OneCustomer extends CustomerShown {
  paused: boolean;
  /** By whom and when what it follows was chosen; null: a rule or the default decides. */
  chosen: { day: Day; actor: string; actorName: string | null } | null;
  row: Row<'customer'>;
  contacts: Row<'contact'>[];
  blockedAddresses: BlockedAddress[];
  /** Its terms are beyond what two French businesses may agree on. */
  termsMayExceedLaw: boolean;
  credits: { currency: string; minor: number }[];
  /** What was claimed beside its invoices, and is neither paid nor waived. */
  charges: { currency: string; minor: number }[];
  /** Who is written to instead. */
  payer: NamedCustomer | null;
  /** For whom it pays: the first of them, and how many they are. */
  paysFor: { first: NamedCustomer[]; count: number };
  mergedInto: MergedCustomer | null;
  mergedFrom: MergedCustomer[];
}

/** More are not named on a page; the list of customers has them. */
const namedOnPage = 10;

export function oneCustomer(context: Context, acting: Acting, customerId: string): Promise<Result<OneCustomer>> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const [shown] = (await lists.listCustomers(tx, company, today, { customerId, limit: 1 })).rows;
    if (shown === undefined) return failed('not-found', { what: 'customer', id: customerId });
    const row = await tx
      .selectFrom('customer')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('id', '=', customerId)
      .executeTakeFirstOrThrow();
    const contacts = await tx
      .selectFrom('contact')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('customer_id', '=', customerId)
      .orderBy('id')
      .execute();
    const paused = await lists.isPaused(tx, company.id, { customer_id: customerId }, today);
    const chosen = row.enrolment === 'default' ? null : await lists.lastEnrolment(tx, company.id, customerId);
    return done({
      ...customerShown(shown, company),
      chosen,
      row,
      contacts,
      blockedAddresses: await blockedAddressesOf(tx, company.id, customerId),
      paused,
      termsMayExceedLaw:
        company.country === 'FR' &&
        row.kind === 'business' &&
        row.payment_terms !== null &&
        mayExceedLaw(row.payment_terms),
      credits: await lists.creditsOf(tx, company.id, customerId),
      charges: await openChargesOf(tx, company, customerId),
      payer: row.payer_id === null ? null : await namedCustomer(tx, company.id, row.payer_id),
      paysFor: await customersPaidFor(tx, company.id, customerId, namedOnPage),
      mergedInto: await mergedInto(tx, company.id, customerId),
      mergedFrom: await mergedFrom(tx, company.id, customerId),
    });
  });
}

export interface OneInvoice extends lists.InvoiceListRow {
  paused: boolean;
  row: Row<'invoice'>;
  /** Of its own recipients. */
  blockedRecipients: string[];
  instalments: lists.InstalmentRow[];
}

export function oneInvoice(context: Context, acting: Acting, invoiceId: string): Promise<Result<OneInvoice>> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const [shown] = (await lists.listInvoices(tx, company.id, today, { invoiceId, limit: 1 })).rows;
    if (shown === undefined) return failed('not-found', { what: 'invoice', id: invoiceId });
    const row = await tx
      .selectFrom('invoice')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('id', '=', invoiceId)
      .executeTakeFirstOrThrow();
    const paused = await lists.isPaused(tx, company.id, { invoice_id: invoiceId }, today);
    const { to, cc } = row.recipients ?? { to: [], cc: [] };
    const blockedRecipients = await blockedAmong(tx, company.id, [...to, ...cc]);
    const instalments = await lists.instalmentsOf(tx, company.id, invoiceId);
    return done({ ...shown, row, paused, blockedRecipients, instalments });
  });
}

export interface OneSequence {
  row: Row<'sequence'>;
  /** Each with the files of the company that go with its messages. */
  steps: (Row<'step'> & { when: Timing; fileIds: string[] })[];
  after: Ending;
  isDefault: boolean;
  customers: number;
  /** Instalments of these customers that are open. */
  receivables: number;
  /** null: it runs. */
  paused: { untilOn: string | null } | null;
}

/** The company's sequences that are not deleted, each with its steps in order. */
export function browseSequences(context: Context, acting: Acting): Promise<OneSequence[]> {
  return forCompany(context, acting, async ({ tx, company, today }) => {
    const sequences = await tx
      .selectFrom('sequence')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('status', '=', 'active')
      .orderBy('id')
      .execute();
    const steps = await tx
      .selectFrom('step')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('deleted_on', 'is', null)
      .orderBy('offset_days')
      .execute();
    const files = await filesOfSteps(tx, company.id);
    const sizes = new Map(
      (await sequenceSizes(tx, company.id, company.default_sequence_id)).map((size) => [size.sequenceId, size]),
    );
    const paused = await pausedSequences(tx, company.id, today);
    return sequences.map((row) => ({
      row,
      steps: steps
        .filter((step) => step.sequence_id === row.id)
        .map((step) => ({ ...step, when: timingOf(step), fileIds: files.get(step.id) ?? [] })),
      after: endingOf(row),
      isDefault: company.default_sequence_id === row.id,
      customers: sizes.get(row.id)?.customers ?? 0,
      receivables: sizes.get(row.id)?.receivables ?? 0,
      paused: paused.has(row.id) ? { untilOn: paused.get(row.id) ?? null } : null,
    }));
  });
}

/** The invoice's PDF, to be downloaded. */
export function invoicePdf(
  context: Context,
  acting: Acting,
  invoiceId: string,
): Promise<Result<{ name: string; bytes: Buffer }>> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const invoice = await tx
      .selectFrom('invoice')
      .select(['pdf_sha256', 'pdf_name', 'number'])
      .where('company_id', '=', company.id)
      .where('id', '=', invoiceId)
      .executeTakeFirst();
    if (invoice === undefined || invoice.pdf_sha256 === null)
      return failed('not-found', { what: 'pdf', id: invoiceId });
    const document = await tx
      .selectFrom('document')
      .select('bytes')
      .where('company_id', '=', company.id)
      .where('sha256', '=', invoice.pdf_sha256)
      .executeTakeFirstOrThrow();
    return done({ name: invoice.pdf_name ?? `${invoice.number}.pdf`, bytes: document.bytes });
  });
}

/** The company's mail server, without its secret. */
export function readMailServer(
  context: Context,
  acting: Acting,
): Promise<(Omit<Row<'mail_server'>, 'secret'> & { hasSecret: boolean }) | null> {
  return forCompany(context, acting, async ({ tx, company }) => {
    const row = await tx.selectFrom('mail_server').selectAll().where('company_id', '=', company.id).executeTakeFirst();
    if (row === undefined) return null;
    const { secret, ...shown } = row;
    return { ...shown, hasSecret: secret !== null };
  });
}

/** Every row of a list, page by page. */
export async function allRows<T>(
  read: (cursor: string | undefined) => Promise<{ rows: T[]; nextCursor: string | null }>,
): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    rows.push(...page.rows);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}
