// Invoices and credit notes, made and edited by hand or through the API, with their instalments.
import { type Day, laterOf } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { isCurrency } from '../core/money.ts';
import { storeDocuments } from '../db/document.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import type { InvoiceStatus, InvoiceType, Recipients } from '../db/tables.ts';
import { sha256 } from '../formats/mail.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { lockInvoices, lockStanding } from './known-customer.ts';
import { placeCustomers } from './place-customers.ts';
import { customersChanged } from './plan-customers.ts';
import { dueByTerms } from './propose-due-date.ts';
import { endAskingForCorrected } from './report-undelivered.ts';
import { isEmail } from './save-customer.ts';

export interface InstalmentInput {
  /** Null: not known yet; the invoice is then listed as one to complete (E8). */
  dueOn: Day | null;
  amountMinor: number;
}

export interface NewInvoice {
  customerId: string;
  number: string;
  source?: string | undefined;
  type?: InvoiceType | undefined;
  status?: InvoiceStatus | undefined;
  issuedOn: Day;
  currency?: string | undefined;
  totalMinor: number;
  /** One instalment with this date, or with that of the customer's payment terms; or several, which add up to the total. */
  dueOn?: Day | null | undefined;
  instalments?: InstalmentInput[] | undefined;
  directDebit?: boolean | undefined;
  paymentMethod?: string | null | undefined;
  recipients?: Recipients | null | undefined;
}

export function createInvoice(
  context: Context,
  acting: Acting,
  input: NewInvoice,
): Promise<Result<{ invoiceId: string; receivableIds: string[] }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const currency = input.currency ?? company.currency;
    const given = input.instalments ?? [{ dueOn: input.dueOn ?? null, amountMinor: input.totalMinor }];
    const wrong = whatIsWrong(input, currency, given);
    if (wrong !== null) return wrong;
    const customerId = await lockStanding(work, input.customerId);
    if (customerId === null) return failed('not-found', { what: 'customer', id: input.customerId });
    const taken = await tx
      .selectFrom('invoice')
      .select('id')
      .where('company_id', '=', company.id)
      .where('source', '=', input.source ?? '')
      .where('number', '=', input.number)
      .executeTakeFirst();
    if (taken !== undefined) return failed('invoice-exists', { number: input.number });
    const invoiceId = newId();
    const { type = 'standard', status = 'issued' } = input;
    const byTerms =
      input.instalments === undefined && !input.dueOn && type !== 'credit_note'
        ? await dueByTerms(work, customerId, input.issuedOn)
        : null;
    const instalments = byTerms === null ? given : [{ dueOn: byTerms.dueOn, amountMinor: input.totalMinor }];
    await tx
      .insertInto('invoice')
      .values({
        company_id: company.id,
        id: invoiceId,
        customer_id: customerId,
        source: input.source ?? '',
        number: input.number,
        type,
        status,
        issued_on: input.issuedOn,
        arrived_on: laterOf(today, input.issuedOn),
        currency,
        total_minor: input.totalMinor,
        direct_debit: input.directDebit ?? false,
        payment_method: input.paymentMethod ?? null,
        recipients: input.recipients ? JSON.stringify(input.recipients) : null,
      })
      .execute();
    const receivableIds =
      type === 'credit_note' ? [] : await addReceivables(work, invoiceId, customerId, currency, instalments);
    await customersChanged(work, [customerId]);
    await placeCustomers(work, [customerId], { amountsOnly: true });
    await recordEvents(tx, scope, [
      {
        type: 'invoice.created',
        customerId,
        invoiceId,
        payload: {
          number: input.number,
          type,
          totalMinor: input.totalMinor,
          currency,
          ...(byTerms === null ? {} : { dueOn: byTerms.dueOn, terms: byTerms.terms, termsOf: byTerms.of }),
        },
      },
    ]);
    return done({ invoiceId, receivableIds });
  });
}

function whatIsWrong(
  input: NewInvoice,
  currency: string,
  instalments: readonly InstalmentInput[],
): ReturnType<typeof failed> | null {
  if (input.number.trim() === '') return failed('invalid-input', { field: 'number', detail: 'empty' });
  if (!isCurrency(currency)) return failed('invalid-input', { field: 'currency', value: currency });
  if (!Number.isSafeInteger(input.totalMinor) || input.totalMinor < 0)
    return failed('invalid-input', { field: 'totalMinor', value: input.totalMinor });
  const sum = instalments.reduce((all, one) => all + one.amountMinor, 0);
  if (instalments.length === 0 || sum !== input.totalMinor)
    return failed('invalid-input', { field: 'instalments', detail: 'sum-differs', sum, total: input.totalMinor });
  const badAddress = [...(input.recipients?.to ?? []), ...(input.recipients?.cc ?? [])].find(
    (address) => !isEmail(address),
  );
  return badAddress === undefined ? null : failed('invalid-input', { field: 'recipients', value: badAddress });
}

async function addReceivables(
  { tx, company, today }: CompanyWork,
  invoiceId: string,
  customerId: string,
  currency: string,
  instalments: readonly InstalmentInput[],
): Promise<string[]> {
  const rows = instalments.map(({ dueOn, amountMinor }, index) => ({
    company_id: company.id,
    id: newId(),
    invoice_id: invoiceId,
    customer_id: customerId,
    position: index + 1,
    due_on: dueOn,
    currency,
    amount_minor: amountMinor,
  }));
  await tx.insertInto('receivable').values(rows).execute();
  await tx
    .insertInto('dunning_case')
    .values(
      rows.map((row) => ({
        company_id: company.id,
        receivable_id: row.id,
        customer_id: customerId,
        met_on: today,
        met_how: 'arrived' as const,
        look_on: today,
      })),
    )
    .execute();
  return rows.map((row) => row.id);
}

export interface InvoiceChange {
  invoiceId: string;
  status?: InvoiceStatus | undefined;
  /** Of the only instalment; several are changed through `instalments`, in their order. */
  dueOn?: Day | null | undefined;
  instalments?: { dueOn: Day | null }[] | undefined;
  directDebit?: boolean | undefined;
  /** The day on which the bank returned the direct debit: the invoice is dunned again (E7). */
  debitReturnedOn?: Day | null | undefined;
  paymentMethod?: string | null | undefined;
  recipients?: Recipients | null | undefined;
  type?: Exclude<InvoiceType, 'credit_note'> | undefined;
}

/** Changes an invoice; moving a due date keeps the steps taken and moves the next ones (rule 3). */
export function changeInvoice(
  context: Context,
  acting: Acting,
  input: InvoiceChange,
): Promise<Result<{ invoiceId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const { invoiceId } = input;
    const locked = await lockInvoices(work, [invoiceId]);
    if (!locked.ok) return locked;
    const invoice = locked.value[0]!;
    const dates = input.instalments?.map((one) => one.dueOn) ?? (input.dueOn === undefined ? [] : [input.dueOn]);
    const receivables = await tx
      .selectFrom('receivable')
      .select(['id', 'position'])
      .where('company_id', '=', company.id)
      .where('invoice_id', '=', invoiceId)
      .orderBy('position')
      .execute();
    if (dates.length > 0 && dates.length !== receivables.length)
      return failed('invalid-input', { field: 'instalments', detail: 'count-differs', count: receivables.length });
    const issuedNow =
      input.status === 'issued' &&
      invoice.status !== 'issued' &&
      invoice.status !== 'written_off' &&
      invoice.status !== 'cancelled';
    await tx
      .updateTable('invoice')
      .set({
        ...(input.status === undefined ? {} : { status: input.status }),
        ...(input.type === undefined ? {} : { type: input.type }),
        ...(input.directDebit === undefined ? {} : { direct_debit: input.directDebit }),
        ...(input.debitReturnedOn === undefined ? {} : { debit_returned_on: input.debitReturnedOn }),
        ...(input.paymentMethod === undefined ? {} : { payment_method: input.paymentMethod }),
        ...(input.recipients === undefined
          ? {}
          : { recipients: input.recipients === null ? null : JSON.stringify(input.recipients) }),
        ...(issuedNow ? { arrived_on: laterOf(today, invoice.issued_on) } : {}),
        status: input.status ?? invoice.status,
      })
      .where('company_id', '=', company.id)
      .where('id', '=', invoiceId)
      .execute();
    for (const [index, dueOn] of dates.entries()) {
      await tx
        .updateTable('receivable')
        .set({ due_on: dueOn })
        .where('company_id', '=', company.id)
        .where('id', '=', receivables[index]!.id)
        .execute();
    }
    // What stood outside for its age is judged by its new date.
    if (dates.length > 0) {
      await tx
        .updateTable('dunning_case')
        .set({ entry: 'pending' })
        .where('company_id', '=', company.id)
        .where(
          'receivable_id',
          'in',
          receivables.map((one) => one.id),
        )
        .where('entry', '=', 'outside')
        .execute();
    }
    // A draft that is issued arrives on that day (rule 10).
    if (issuedNow) {
      await tx
        .updateTable('dunning_case')
        .set({ met_on: today, met_how: 'arrived', entry: 'pending' })
        .where('company_id', '=', company.id)
        .where(
          'receivable_id',
          'in',
          receivables.map((one) => one.id),
        )
        .where('entry', '=', 'pending')
        .execute();
    }
    if (input.recipients !== undefined) await endAskingForCorrected(work, [invoice.customer_id]);
    await customersChanged(work, [invoice.customer_id]);
    await placeCustomers(work, [invoice.customer_id], { amountsOnly: true });
    const { invoiceId: _, ...change } = input;
    await recordEvents(tx, scope, [
      { type: 'invoice.changed', customerId: invoice.customer_id, invoiceId, payload: { change } },
    ]);
    return done({ invoiceId });
  });
}

/** Attaches the invoice's PDF. Anything that is not a PDF is refused. */
export function attachPdf(
  context: Context,
  acting: Acting,
  input: { invoiceId: string; name: string; bytes: Buffer },
): Promise<Result<{ sha256: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    if (!input.bytes.subarray(0, 1024).includes('%PDF-'))
      return failed('file-unreadable', { file: input.name, detail: 'not-a-pdf' });
    const hash = sha256(input.bytes);
    const name =
      input.name
        .replace(/[\p{Cc}/\\]+/gu, ' ')
        .trim()
        .slice(-120) || 'facture.pdf';
    const invoice = await tx
      .updateTable('invoice')
      .set({ pdf_sha256: hash, pdf_name: name })
      .where('company_id', '=', company.id)
      .where('id', '=', input.invoiceId)
      .returning('customer_id')
      .executeTakeFirst();
    if (invoice === undefined) return failed('not-found', { what: 'invoice', id: input.invoiceId });
    await storeDocuments(tx, company.id, today, [{ sha256: hash, kind: 'invoice', bytes: input.bytes }]);
    await recordEvents(tx, scope, [
      {
        type: 'invoice.changed',
        customerId: invoice.customer_id,
        invoiceId: input.invoiceId,
        payload: { pdf: hash.toString('hex') },
      },
    ]);
    return done({ sha256: hash.toString('hex') });
  });
}
