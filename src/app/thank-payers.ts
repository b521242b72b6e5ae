// Thanking, in the daily run: whoever has paid what it was reminded of, customer by customer, after everything else of the day is
// planned. Decided by the run and not when money is entered: what was mistyped is taken back before the next day's.
import { isSendingDay } from '../core/calendar.ts';
import { addDays, type Day, laterOf } from '../core/day.ts';
import { because } from '../core/reason.ts';
import { daysTaken } from '../core/sending-limits.ts';
import { thanksTemplate } from '../core/template-key.ts';
import { type PaidInvoice, type PlannedThanks, thanksOf } from '../core/thanks.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { type CompanySnapshot, languageOfTemplate, readCalendar, readCompany, readCustomers } from '../db/facts.ts';
import { newId } from '../db/id.ts';
import {
  insertThanks,
  invoicesPaidLately,
  type NewThanks,
  type PaidSince,
  payersLately,
  readPaidInvoices,
} from '../db/thanks.ts';
import { closeThanksOfTheDay } from './close-stale-thanks.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';

export interface ThanksCounts {
  toApprove: number;
  ready: number;
}

/** Customers looked at in one transaction, each locked in it. */
const pageSize = 500;

/** Run twice, it thanks once. */
export async function thankPayers(context: Context, acting: Acting): Promise<ThanksCounts> {
  await forCompany(context, acting, closeThanksOfTheDay);
  const total: ThanksCounts = { toApprove: 0, ready: 0 };
  let after: string | null = null;
  for (;;) {
    const page: { customerIds: string[]; thanks: NewThanks[] } = await forCompany(context, acting, (work) =>
      thankPage(context, work, after),
    );
    if (page.customerIds.length === 0) return total;
    after = page.customerIds.at(-1)!;
    for (const { state } of page.thanks) total[state === 'ready' ? 'ready' : 'toApprove'] += 1;
  }
}

async function thankPage(
  context: Context,
  work: CompanyWork,
  after: string | null,
): Promise<{ customerIds: string[]; thanks: NewThanks[] }> {
  const { tx, company, today, scope } = work;
  const { thanks_since: since } = company;
  if (since === null || !isSendingDay(await readCalendar(tx, company), today)) return { customerIds: [], thanks: [] };
  const paid: PaidSince = { practice: scope.practice, since, enteredBy: addDays(today, -1), today };
  const customerIds = await payersLately(tx, company.id, paid, after, pageSize);
  if (customerIds.length === 0) return { customerIds, thanks: [] };
  await lockCustomers(tx, company.id, customerIds);
  const snapshot = await readCompany(tx, company, today);
  const customers = await readCustomers(tx, snapshot, customerIds);
  const invoices = Map.groupBy(
    await readPaidInvoices(
      tx,
      company.id,
      { ...scope, today },
      await invoicesPaidLately(tx, company.id, paid, customerIds),
    ),
    ({ customerId }) => customerId,
  );
  const thanks = customers.flatMap(({ facts }) => {
    const others = daysTaken(snapshot.facts.calendar, facts.messages, today);
    const planned = thanksOf(snapshot.facts, facts, invoices.get(facts.id) ?? [], { since, others }, today);
    return planned.map((one) => toThanks(snapshot, facts.id, one));
  });
  await insertThanks(tx, company.id, scope.practice, thanks);
  await recordEvents(tx, scope, thanks.map(plannedEvent));
  if (thanks.some(({ state }) => state === 'ready')) await context.jobs.deliver(tx, company.id);
  return { customerIds, thanks };
}

function toThanks(
  snapshot: CompanySnapshot,
  customerId: string,
  { addressees, needsApproval, invoices }: PlannedThanks,
): NewThanks {
  return {
    id: newId(),
    customerId,
    language: languageOfTemplate(snapshot, thanksTemplate, addressees.language),
    currency: invoices[0]!.currency,
    state: needsApproval ? 'to_approve' : 'ready',
    plannedOn: snapshot.today,
    reason: because('paid', { paidOn: lastPaid(invoices) }),
    recipients: { to: addressees.to, cc: addressees.cc },
    thanked: invoices.flatMap(({ reminded }) =>
      reminded.map(({ receivableId, pass, step }) => ({ receivableId, pass, stepId: step.id })),
    ),
  };
}

/** The day on which the last of what these invoices were paid with came in. */
export const lastPaid = (invoices: readonly PaidInvoice[]): Day =>
  invoices.map(({ paidOn }) => paidOn!).reduce(laterOf);

const plannedEvent = ({ id, customerId, reason }: NewThanks): NewEvent => ({
  type: 'reminder.planned',
  customerId,
  reminderId: id,
  payload: { thanks: true, reason },
});
