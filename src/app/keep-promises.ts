// Promises to pay: noted, with what was said; withdrawn; listed. Reminders of what is promised wait for the day after.
import { addDays, type Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { reasonSentence } from '../core/reason-words.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { type EventType, recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import type { ListPage } from '../db/paging.ts';
import {
  insertPromise,
  listPromises,
  openToPromise,
  type PromisedPart,
  type PromiseListRow,
  replacePromises,
  withdrawEvery,
} from '../db/promise.ts';
import type { Row } from '../db/tables.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';
import { ofPlan } from './end-promises.ts';
import { whatIsUnknown } from './known-customer.ts';
import { customersChanged } from './plan-customers.ts';

/** A promise for a day further away is a mistyped year: it would hold reminders back for good. */
const furthestDays = 366;

export interface PromiseInput {
  customerId: string;
  /** Left out: all that the customer owes today. */
  invoiceId?: string | undefined;
  /** Left out: the day of the last instalment. */
  promisedOn?: Day | undefined;
  /** Left out: all of it. For a customer that owes in several currencies, the promise is then about those in this one. */
  amount?: { currency: string; minor: number } | undefined;
  /** A payment plan: so much on so many days, which add up to no more than is owed. Instead of a day and an amount. */
  plan?: { currency: string; instalments: readonly PromisedPart[] } | undefined;
  /** How it was said, and by whom. */
  said?: string | undefined;
}

/**
 * Notes a promise; one that runs about the same is replaced, and a message about it that waits is taken out. Faults: 'not-found',
 * 'day-past', 'invalid-input' (a day more than a year away, of a plan more than three; instalments without order), 'nothing-to-promise', 'currency-differs', 'amount-exceeds-open'.
 */
export function makePromise(
  context: Context,
  acting: Acting,
  input: PromiseInput,
): Promise<Result<{ promiseId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today, scope } = work;
    const { customerId, invoiceId = null, said = '' } = input;
    const terms = termsOf(input, today);
    if (!terms.ok) return terms;
    const { promisedOn, amount, instalments } = terms.value;
    const unknown = await whatIsUnknown(work, customerId, invoiceId);
    if (unknown !== null) return unknown;
    await lockCustomers(tx, company.id, [customerId]);
    const promised = await whatIsPromised(work, { customerId, invoiceId }, amount);
    if (!promised.ok) return promised;
    for (const replaced of await replacePromises(tx, company.id, today, { customerId, invoiceId }))
      await tell(work, 'promise.replaced', replaced);
    const promiseId = newId();
    await insertPromise(tx, company.id, {
      id: promiseId,
      customerId,
      invoiceId,
      promisedOn,
      amount,
      instalments,
      said: said.trim(),
      madeOn: today,
      madeBy: scope.actor,
      invoiceIds: promised.value,
    });
    const row = {
      id: promiseId,
      customer_id: customerId,
      invoice_id: invoiceId,
      promised_on: promisedOn,
      amount_minor: amount?.minor ?? null,
      currency: amount?.currency ?? null,
      instalments,
    };
    await tell(work, 'promise.made', row, said.trim());
    await customersChanged(work, [customerId]);
    return done({ promiseId });
  });
}

interface Terms {
  promisedOn: Day;
  amount: { currency: string; minor: number } | null;
  instalments: readonly PromisedPart[];
}

/** By which day how much: of a plan its last day, and the sum of its instalments, each on a day of its own. */
function termsOf({ promisedOn, amount, plan }: PromiseInput, today: Day): Result<Terms> {
  if (plan === undefined) {
    if (promisedOn === undefined) return failed('invalid-input', { field: 'promisedOn', detail: 'empty' });
    if (promisedOn < today) return failed('day-past', { day: promisedOn });
    if (promisedOn > addDays(today, furthestDays))
      return failed('invalid-input', { field: 'promisedOn', value: promisedOn });
    return done({ promisedOn, amount: amount ?? null, instalments: [] });
  }
  const instalments = plan.instalments.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
  const [first, last] = [instalments[0], instalments.at(-1)];
  if (first === undefined || last === undefined || instalments.length < 2)
    return failed('invalid-input', { field: 'instalments', value: instalments.length });
  if (first.dueOn < today) return failed('day-past', { day: first.dueOn });
  if (last.dueOn > addDays(today, 3 * furthestDays))
    return failed('invalid-input', { field: 'instalments', value: last.dueOn });
  const twice = instalments.find(({ dueOn }, index) => instalments[index + 1]?.dueOn === dueOn);
  if (twice !== undefined) return failed('invalid-input', { field: 'instalments', value: twice.dueOn });
  const minor = instalments.reduce((sum, one) => sum + one.minor, 0);
  return done({ promisedOn: last.dueOn, amount: { currency: plan.currency, minor }, instalments });
}

/** The invoices that a promise of this amount is about. */
async function whatIsPromised(
  { tx, company }: CompanyWork,
  of: { customerId: string; invoiceId: string | null },
  amount: PromiseInput['amount'] | null,
): Promise<Result<string[]>> {
  const open = await openToPromise(tx, company.id, of);
  if (open.length === 0) return failed('nothing-to-promise');
  if (!amount) return done(open.map(({ invoiceId }) => invoiceId));
  const inCurrency = open.filter(({ currency }) => currency === amount.currency);
  if (inCurrency.length === 0)
    return failed('currency-differs', { currency: amount.currency, other: open[0]!.currency });
  const openMinor = inCurrency.reduce((sum, one) => sum + one.openMinor, 0);
  if (amount.minor > openMinor)
    return failed('amount-exceeds-open', { asked: amount.minor, open: openMinor, currency: amount.currency });
  return done(inCurrency.map(({ invoiceId }) => invoiceId));
}

/** Takes back a promise that runs, with why: what is due leaves again. Faults: 'not-found', 'promise-ended'. */
export function withdrawPromise(
  context: Context,
  acting: Acting,
  { promiseId, reason }: { promiseId: string; reason: string },
): Promise<Result<{ promiseId: string }>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today } = work;
    const read = () =>
      tx
        .selectFrom('promise')
        .selectAll()
        .where('company_id', '=', company.id)
        .where('id', '=', promiseId)
        .executeTakeFirst();
    const first = await read();
    if (first === undefined) return failed('not-found', { what: 'promise', id: promiseId });
    await lockCustomers(tx, company.id, [first.customer_id]);
    const promise = (await read())!;
    if (promise.ended_on !== null) return failed('promise-ended', { on: promise.ended_on });
    await tx
      .updateTable('promise')
      .set({ ended_on: today, ended_how: 'withdrawn', reason })
      .where('company_id', '=', company.id)
      .where('id', '=', promiseId)
      .execute();
    await tell(work, 'promise.withdrawn', promise, reason);
    await customersChanged(work, [promise.customer_id]);
    return done({ promiseId });
  });
}

/** Rule 14: what was promised in practice counts for nothing once the company is live, whatever has become of it. */
export async function withdrawPracticePromises(work: CompanyWork): Promise<void> {
  const { tx, company, today } = work;
  const reason = reasonSentence({ code: 'went-live', with: {} }, company.language);
  for (const promise of await withdrawEvery(tx, company.id, today, reason))
    await tell(work, 'promise.withdrawn', promise, reason);
}

export function browsePromises(
  context: Context,
  acting: Acting,
  request: Parameters<typeof listPromises>[3],
): Promise<ListPage<PromiseListRow>> {
  return forCompany(context, acting, ({ tx, company, today }) => listPromises(tx, company.id, today, request));
}

function tell(
  { tx, scope }: CompanyWork,
  type: EventType,
  promise: Pick<Row<'promise'>, 'id' | 'customer_id' | 'invoice_id' | 'promised_on' | 'amount_minor' | 'currency'> & {
    instalments?: readonly PromisedPart[];
  },
  note = '',
): Promise<void> {
  const { id, customer_id, invoice_id, promised_on, amount_minor, currency } = promise;
  const ofAmount = amount_minor === null ? {} : { amountMinor: amount_minor, currency };
  const payload = {
    promiseId: id,
    promisedOn: promised_on,
    ...ofAmount,
    ...ofPlan({ instalments: promise.instalments ?? [] }),
    ...(note === '' ? {} : { note }),
  };
  return recordEvents(tx, scope, [{ type, customerId: customer_id, invoiceId: invoice_id, payload }]);
}
