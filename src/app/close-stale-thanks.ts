// The last look at messages of thanks that have not left: what was taken back since, or would be out of place by now, is taken out of
// them, and they go to whom the last reminder would go now.
import type { Day } from '../core/day.ts';
import type { CompanyFacts, CustomerFacts } from '../core/facts.ts';
import { because, type Reason } from '../core/reason.ts';
import type { Addressees } from '../core/recipients.ts';
import { isLimited } from '../core/sending-limits.ts';
import { thanksTemplate } from '../core/template-key.ts';
import { type PaidInvoice, sameAddresses, thankedAddressees, whyNoThanks } from '../core/thanks.ts';
import { lockCustomers, wakeCustomers } from '../db/dunning-case.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { type CompanySnapshot, languageOfTemplate, readCompany, readCustomers } from '../db/facts.ts';
import {
  closeThanked,
  doThanksWait,
  readdressThanks,
  readPaidInvoices,
  type WaitingThanks,
  waitingThanks,
} from '../db/thanks.ts';
import type { CompanyWork } from './context.ts';

/** Lock these customers first. Answers how many messages were dropped. */
export async function closeStaleThanks(work: CompanyWork, customerIds: readonly string[]): Promise<number> {
  const { tx, company, today, scope } = work;
  if (!(await doThanksWait(tx, company.id, customerIds))) return 0;
  const waiting = await waitingThanks(tx, company.id, customerIds);
  if (waiting.length === 0) return 0;
  const snapshot = await readCompany(tx, company, today);
  const customers = await readCustomers(tx, snapshot, [...new Set(waiting.map(({ customerId }) => customerId))]);
  const facts = new Map(customers.map((one) => [one.facts.id, one.facts]));
  const invoices = await readPaidInvoices(
    tx,
    company.id,
    { practice: snapshot.practice, today },
    waiting.flatMap(({ invoiceIds }) => invoiceIds),
  );
  const looked = waiting.map((message) => {
    const own = invoices.filter(({ invoiceId }) => message.invoiceIds.includes(invoiceId));
    const customer = facts.get(message.customerId)!;
    return { message, ...lookAt(snapshot.facts, customer, message, own, company.thanks_payers, today) };
  });
  await readdressThanks(
    tx,
    company.id,
    looked.flatMap(({ message, whom }) => (whom === null || goesTo(message, whom) ? [] : to(snapshot, message, whom))),
  );
  const closed = looked.flatMap(({ message: { reminderId, customerId }, close }) =>
    close.map((one) => ({ reminderId, customerId, state: 'dropped' as const, ...one })),
  );
  const dropped = await closeThanked(tx, company.id, closed);
  await tellDropped(tx, scope, closed);
  // What waited behind it, within the company's limits, may leave sooner.
  if (dropped > 0 && isLimited(snapshot.facts.limits))
    await wakeCustomers(tx, company.id, [...new Set(closed.map(({ customerId }) => customerId))], today);
  return dropped;
}

/**
 * All that wait, on a day: a day may make them out of place, and nobody looks at a customer that owes nothing. What was turned off since
 * is dropped too.
 */
export async function closeThanksOfTheDay(work: CompanyWork): Promise<void> {
  const { tx, company } = work;
  const waiting = await waitingThanks(tx, company.id, null);
  if (waiting.length === 0) return;
  const customerIds = [...new Set(waiting.map(({ customerId }) => customerId))];
  await lockCustomers(tx, company.id, customerIds);
  await closeStaleThanks(work, customerIds);
}

/** All of the customer's that no connection has been handed, for that reason. Lock it first. */
export async function dropAllThanks(
  { tx, company, scope }: CompanyWork,
  customerId: string,
  reason: Reason,
): Promise<void> {
  const closed = (await waitingThanks(tx, company.id, [customerId])).flatMap(({ reminderId, invoiceIds }) =>
    invoiceIds.map((invoiceId) => ({ reminderId, customerId, invoiceId, reason, state: 'dropped' as const })),
  );
  await closeThanked(tx, company.id, closed);
  await tellDropped(tx, scope, closed);
}

function tellDropped(
  tx: CompanyWork['tx'],
  scope: CompanyWork['scope'],
  closed: readonly { customerId: string; invoiceId: string; reminderId: string; reason: Reason }[],
): Promise<void> {
  return recordEvents(
    tx,
    scope,
    closed.map(({ customerId, invoiceId, reminderId, reason }): NewEvent => {
      return { type: 'reminder.dropped', customerId, invoiceId, reminderId, payload: { reason, thanks: true } };
    }),
  );
}

/** Which of its invoices are taken out, and why; to whom it goes with the others: null where a person chose that, or none is left. */
function lookAt(
  company: CompanyFacts,
  customer: CustomerFacts,
  { recipientsChosen }: WaitingThanks,
  invoices: readonly PaidInvoice[],
  isWanted: boolean,
  today: Day,
): { close: { invoiceId: string; reason: Reason }[]; whom: Addressees | null } {
  const close: { invoiceId: string; reason: Reason }[] = [];
  let whom: Addressees | null = null;
  for (const invoice of invoices) {
    const { invoiceId } = invoice;
    const why = isWanted ? whyNoThanks(company, customer, invoice, today) : because('thanks-not-wanted');
    const addressees = thankedAddressees(company, customer, invoice);
    if (why !== null) close.push({ invoiceId, reason: why });
    else if (recipientsChosen) continue;
    else if (addressees === null) close.push({ invoiceId, reason: because('no-address') });
    else if (whom !== null && !sameAddresses(whom, addressees))
      close.push({ invoiceId, reason: because('recipients-differ') });
    else whom ??= addressees;
  }
  return { close, whom };
}

const to = (snapshot: CompanySnapshot, { reminderId, bodyEdited, language }: WaitingThanks, whom: Addressees) => ({
  reminderId,
  recipients: { to: whom.to, cc: whom.cc },
  language: bodyEdited ? language : languageOfTemplate(snapshot, thanksTemplate, whom.language),
});

const goesTo = ({ recipients }: WaitingThanks, whom: Addressees): boolean =>
  JSON.stringify([recipients.to, recipients.cc]) === JSON.stringify([whom.to, whom.cc]);
