// Money that arrives: recorded, allocated, undone, returned by the bank. A payment stops the reminders at once.
import { type Share, spread, spreadWithCharges } from '../core/allocation.ts';
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import {
  customersAllottedTo,
  insertAllocations,
  type NewAllocation,
  openCharges,
  openReceivables,
  standingAllocations,
} from '../db/allocation.ts';
import { standingCustomer } from '../db/customer.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import { lockWithPaidFor } from '../db/payer.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { lockInvoices, lockStanding } from './known-customer.ts';
import { customersChanged } from './plan-customers.ts';

export interface NewPayment {
  customerId: string;
  receivedOn: Day;
  amountMinor: number;
  currency?: string | undefined;
  number?: string | undefined;
  source?: string | undefined;
  reference?: string | undefined;
  /**
   * To what it goes: an invoice (its earliest instalment first, rule 3, then what was claimed beside it, or the other way round where
   * the company says so) or one instalment alone, each for so much or for as much as is open. What is left over stays a credit of the
   * customer.
   */
  to?:
    | { invoiceId?: string | undefined; receivableId?: string | undefined; amountMinor?: number | undefined }[]
    | undefined;
}

export function recordPayment(
  context: Context,
  acting: Acting,
  input: NewPayment,
): Promise<Result<{ paymentId: string; unallocatedMinor: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, scope } = work;
    if (!Number.isSafeInteger(input.amountMinor) || input.amountMinor <= 0)
      return failed('invalid-input', { field: 'amountMinor', value: input.amountMinor });
    const payers = await lockPayer(work, input.customerId, input.to ?? []);
    if (payers === null) return failed('not-found', { what: 'customer', id: input.customerId });
    const [customerId] = payers;
    const currency = input.currency ?? company.currency;
    const money = { currency, minor: input.amountMinor, isCreditNote: false };
    const allotted = await allot(work, payers, money, input.to ?? []);
    if (!allotted.ok) return allotted;
    const paymentId = newId();
    await tx
      .insertInto('payment')
      .values({
        company_id: company.id,
        id: paymentId,
        customer_id: customerId,
        source: input.source ?? '',
        number: input.number ?? null,
        received_on: input.receivedOn,
        currency,
        amount_minor: input.amountMinor,
        reference: input.reference ?? null,
      })
      .execute();
    const { shares, leftMinor } = allotted.value;
    await allocate(
      work,
      shares.map((share) => ({ ...share, paymentId, creditNoteId: null, undoesId: null })),
    );
    await customersChanged(work, [...new Set([customerId, ...allotted.value.customerIds])]);
    await recordEvents(tx, scope, [
      {
        type: 'payment.recorded',
        customerId,
        invoiceId: input.to?.[0]?.invoiceId,
        payload: { paymentId, amountMinor: input.amountMinor, currency, receivedOn: input.receivedOn },
      },
    ]);
    return done({ paymentId, unallocatedMinor: leftMinor });
  });
}

/**
 * Locks who pays, or the one that it was merged into, with all for whom it pays where invoices are named that may be theirs. Answers the
 * payer first; null: it is not there.
 */
async function lockPayer(
  work: CompanyWork,
  customerId: string,
  to: NonNullable<NewPayment['to']>,
): Promise<[string, ...string[]] | null> {
  const { tx, company } = work;
  if (to.length === 0) {
    const only = await lockStanding(work, customerId);
    return only === null ? null : [only];
  }
  const standing = await standingCustomer(tx, company.id, customerId);
  if (standing === null) return null;
  const [payer, ...paidFor] = await lockWithPaidFor(tx, company.id, [standing]);
  const since = (await standingCustomer(tx, company.id, payer!))!;
  return since === payer ? [payer!, ...paidFor] : lockPayer(work, since, to);
}

/**
 * Spreads an amount over what it is meant for: the principal of all of it before any charge, or the other way round as the company says. A
 * credit note lowers what was invoiced: it goes to no charge. `customerIds`: whose invoices it may go to, locked. A fault where more is asked
 * for than is open. Answers also whose invoices were named.
 */
async function allot(
  { tx, company }: CompanyWork,
  customerIds: readonly string[],
  { currency, minor: amountMinor, isCreditNote }: { currency: string; minor: number; isCreditNote: boolean },
  targets: NonNullable<NewPayment['to']>,
): Promise<Result<{ shares: Share[]; leftMinor: number; customerIds: string[] }>> {
  const found: Target[] = [];
  for (const { invoiceId, receivableId, amountMinor: asked } of targets) {
    const what = receivableId === undefined ? { invoiceId: invoiceId! } : { receivableId };
    const receivables = await openReceivables(tx, company.id, what);
    if (receivables.length === 0 || receivables.some((one) => !customerIds.includes(one.customerId)))
      return failed('not-found', { what: 'invoice', id: receivableId ?? invoiceId ?? '' });
    if (receivables.some((one) => one.currency !== currency))
      return failed('currency-differs', { currency, other: receivables[0]!.currency });
    const hasCharges = receivableId === undefined && !isCreditNote;
    const charges = hasCharges ? await openCharges(tx, company, invoiceId!) : [];
    found.push({ asked, receivables, charges });
  }
  const spreading = new Spreading(amountMinor, company.settles_first);
  for (const target of found.filter(({ asked }) => asked !== undefined)) {
    const openMinor = spreading.openOf(target);
    if (target.asked! > openMinor)
      return failed('amount-exceeds-open', { asked: target.asked!, open: openMinor, currency });
    if (target.asked! > spreading.leftMinor)
      return failed('amount-exceeds-credit', { asked: target.asked!, left: spreading.leftMinor, currency });
    spreading.give(target.asked!, [target]);
  }
  spreading.give(
    spreading.leftMinor,
    found.filter(({ asked }) => asked === undefined),
  );
  const owing = found.flatMap(({ receivables }) => receivables.map((one) => one.customerId));
  return done({ shares: spreading.shares, leftMinor: spreading.leftMinor, customerIds: [...new Set(owing)] });
}

interface Target {
  asked: number | undefined;
  receivables: Awaited<ReturnType<typeof openReceivables>>;
  charges: Awaited<ReturnType<typeof openCharges>>;
}

/** What is given to each, and how much of it is open still: the same may be meant twice. */
class Spreading {
  readonly shares: Share[] = [];
  leftMinor: number;
  readonly #first: 'principal' | 'charges';
  readonly #given = new Map<string, number>();

  constructor(amountMinor: number, first: 'principal' | 'charges') {
    this.leftMinor = amountMinor;
    this.#first = first;
  }

  openOf({ receivables, charges }: Target): number {
    return [...receivables, ...charges].reduce((sum, one) => sum + this.#stillOpen(one).openMinor, 0);
  }

  give(minor: number, targets: readonly Target[]): void {
    const each = <T extends { id: string; openMinor: number }>(of: (target: Target) => T[]): T[] => [
      ...new Map(targets.flatMap(of).map((one) => [one.id, this.#stillOpen(one)])).values(),
    ];
    // Of several invoices the first that is named comes first (rule 3 is about the instalments of one).
    const receivables = targets.map(({ receivables: own }) => own.map((one) => this.#stillOpen(one)));
    const { shares } = spreadWithCharges(
      minor,
      receivables,
      each(({ charges }) => charges),
      this.#first,
    );
    for (const share of shares) {
      const id = share.receivableId ?? share.chargeId!;
      this.#given.set(id, (this.#given.get(id) ?? 0) + share.amountMinor);
      this.leftMinor -= share.amountMinor;
    }
    this.shares.push(...shares);
  }

  #stillOpen<T extends { id: string; openMinor: number }>(one: T): T {
    return { ...one, openMinor: one.openMinor - (this.#given.get(one.id) ?? 0) };
  }
}

async function allocate({ tx, company, today }: CompanyWork, allocations: readonly NewAllocation[]): Promise<void> {
  await insertAllocations(tx, company.id, today, allocations);
}

export interface CreditToAllocate {
  /** A payment, or a credit note, with something left. */
  paymentId?: string | undefined;
  creditNoteId?: string | undefined;
  to: NonNullable<NewPayment['to']>;
}

/** "Imputer": gives what is left of a payment or credit note to invoices. */
export function allocateCredit(
  context: Context,
  acting: Acting,
  input: CreditToAllocate,
): Promise<Result<{ leftMinor: number }>> {
  return forCompany(context, acting, async (work) => {
    const credit = await readCredit(work, input);
    if (credit === null)
      return failed('not-found', { what: 'credit', id: input.paymentId ?? input.creditNoteId ?? '' });
    // What a payer was credited lowers its own invoices; what it paid may be for those of others.
    const isCreditNote = input.paymentId === undefined;
    const customerIds = isCreditNote
      ? [credit.customerId]
      : await lockWithPaidFor(work.tx, work.company.id, [credit.customerId]);
    if (isCreditNote) await lockCustomers(work.tx, work.company.id, customerIds);
    const fresh = (await readCredit(work, input))!;
    if (fresh.customerId !== credit.customerId) return failed('conflict', { what: 'customer' });
    const money = { currency: fresh.currency, minor: fresh.leftMinor, isCreditNote };
    const allotted = await allot(work, customerIds, money, input.to);
    if (!allotted.ok) return allotted;
    const { paymentId = null, creditNoteId = null } = input;
    await allocate(
      work,
      allotted.value.shares.map((share) => ({ ...share, paymentId, creditNoteId, undoesId: null })),
    );
    await customersChanged(work, [...new Set([fresh.customerId, ...allotted.value.customerIds])]);
    await recordEvents(work.tx, work.scope, [
      {
        type: 'allocation.made',
        customerId: fresh.customerId,
        invoiceId: input.to[0]?.invoiceId,
        payload: { paymentId, creditNoteId, shares: allotted.value.shares },
      },
    ]);
    return done({ leftMinor: allotted.value.leftMinor });
  });
}

async function readCredit(
  { tx, company }: CompanyWork,
  of: CreditToAllocate,
): Promise<{ customerId: string; currency: string; leftMinor: number } | null> {
  if (of.paymentId !== undefined) {
    const row = await tx
      .selectFrom('payment')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('id', '=', of.paymentId)
      .where('returned_on', 'is', null)
      .executeTakeFirst();
    return row === undefined
      ? null
      : { customerId: row.customer_id, currency: row.currency, leftMinor: row.unallocated_minor };
  }
  const row = await tx
    .selectFrom('invoice')
    .selectAll()
    .where('company_id', '=', company.id)
    .where('id', '=', of.creditNoteId ?? null)
    .where('type', '=', 'credit_note')
    .executeTakeFirst();
  return row === undefined
    ? null
    : { customerId: row.customer_id, currency: row.currency, leftMinor: row.unallocated_minor };
}

/** Undoes every standing allocation of a payment or credit note: its money is a credit again. */
export function undoAllocations(
  context: Context,
  acting: Acting,
  input: { paymentId?: string | undefined; creditNoteId?: string | undefined },
): Promise<Result<{ undone: number }>> {
  return forCompany(context, acting, async (work) => {
    const credit = await readCredit(work, { ...input, to: [] });
    if (credit === null)
      return failed('not-found', { what: 'credit', id: input.paymentId ?? input.creditNoteId ?? '' });
    const of = input.paymentId === undefined ? { creditNoteId: input.creditNoteId! } : { paymentId: input.paymentId };
    const customerIds = await lockAllotted(work, credit.customerId, of);
    const undone = await undo(work, of);
    await customersChanged(work, customerIds);
    await recordEvents(work.tx, work.scope, [
      { type: 'allocation.undone', customerId: credit.customerId, payload: { ...input, undone } },
    ]);
    return done({ undone });
  });
}

/** Whose it is, and those to whose invoices it went: what is taken back from them is owed again. */
async function lockAllotted(
  { tx, company }: CompanyWork,
  customerId: string,
  of: { paymentId: string } | { creditNoteId: string },
): Promise<string[]> {
  const concerned = async () => [...new Set([customerId, ...(await customersAllottedTo(tx, company.id, of))])];
  await lockCustomers(tx, company.id, await concerned());
  // Given to others while the locks were waited for: from here on only by whoever holds the payer's.
  const customerIds = await concerned();
  await lockCustomers(tx, company.id, customerIds);
  return customerIds;
}

async function undo(work: CompanyWork, of: { paymentId: string } | { creditNoteId: string }): Promise<number> {
  const standing = await standingAllocations(work.tx, work.company.id, of);
  await allocate(
    work,
    standing.map((one) => ({
      receivableId: one.receivable_id,
      chargeId: one.charge_id,
      paymentId: one.payment_id,
      creditNoteId: one.credit_note_id,
      amountMinor: -one.amount_minor,
      undoesId: one.id,
    })),
  );
  return standing.length;
}

/**
 * The money was taken back (rejected debit, card payment or cheque, refund): the payment settles nothing any more, and the
 * receivables go on where they stood (rule 5).
 */
export function returnPayment(
  context: Context,
  acting: Acting,
  input: { paymentId: string; returnedOn?: Day | undefined; reason?: string | undefined },
): Promise<Result<{ reopened: number }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const payment = await tx
      .selectFrom('payment')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('id', '=', input.paymentId)
      .executeTakeFirst();
    if (payment === undefined) return failed('not-found', { what: 'payment', id: input.paymentId });
    if (payment.returned_on !== null) return failed('already-undone', { what: 'payment', on: payment.returned_on });
    const customerIds = await lockAllotted(work, payment.customer_id, { paymentId: input.paymentId });
    const reopened = await undo(work, { paymentId: input.paymentId });
    await tx
      .updateTable('payment')
      .set({ returned_on: input.returnedOn ?? today, return_reason: input.reason ?? '' })
      .where('company_id', '=', company.id)
      .where('id', '=', input.paymentId)
      .execute();
    await customersChanged(work, customerIds);
    const event: NewEvent = {
      type: 'payment.returned',
      customerId: payment.customer_id,
      payload: {
        paymentId: input.paymentId,
        amountMinor: payment.amount_minor,
        currency: payment.currency,
        reason: input.reason ?? '',
      },
    };
    await recordEvents(tx, scope, [event]);
    return done({ reopened });
  });
}

/**
 * "Marquer comme réglée": a person says that these invoices are settled. It is a settlement entry with its day and reason,
 * undone like a payment (returnPayment). All or none.
 */
export function settleInvoices(
  context: Context,
  acting: Acting,
  input: { invoiceIds: string[]; settledOn?: Day | undefined; reason: string },
): Promise<Result<{ paymentIds: string[] }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const locked = await lockInvoices(work, input.invoiceIds);
    if (!locked.ok) return locked;
    const invoices = locked.value;
    const customerIds = [...new Set(invoices.map((invoice) => invoice.customer_id))];
    const paymentIds: string[] = [];
    for (const invoice of invoices) {
      const open = await openReceivables(tx, company.id, { invoiceId: invoice.id });
      const openMinor = open.reduce((sum, one) => sum + one.openMinor, 0);
      if (openMinor === 0) return failed('already-settled', { number: invoice.number });
      const paymentId = newId();
      const received_on = input.settledOn ?? today;
      await tx
        .insertInto('payment')
        .values({
          company_id: company.id,
          id: paymentId,
          customer_id: invoice.customer_id,
          kind: 'settlement',
          received_on,
          currency: invoice.currency,
          amount_minor: openMinor,
          reason: input.reason,
        })
        .execute();
      await allocate(
        work,
        spread(openMinor, open).shares.map((share) => ({ ...share, paymentId, creditNoteId: null, undoesId: null })),
      );
      await recordEvents(tx, scope, [
        {
          type: 'invoice.settled-by-person',
          customerId: invoice.customer_id,
          invoiceId: invoice.id,
          payload: { paymentId, amountMinor: openMinor, currency: invoice.currency, reason: input.reason },
        },
      ]);
      paymentIds.push(paymentId);
    }
    await customersChanged(work, customerIds);
    return done({ paymentIds });
  });
}
