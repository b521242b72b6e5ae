// Thanking a customer for what it has paid: which invoices, on which day, to whom, and why not. It goes to somebody who owes nothing
// any more, so whatever speaks against it decides (docs/decisions/0018).
import { isSendingDay } from './calendar.ts';
import { addDays, type Day } from './day.ts';
import type { CompanyFacts, ContactRole, CustomerFacts, PauseFact, ReceivableFact, Sender } from './facts.ts';
import type { Currency } from './money.ts';
import { askedAmounts, isActive } from './plan.ts';
import { because, type Reason } from './reason.ts';
import { type Addressees, addresseesOf } from './recipients.ts';
import { type Candidate, isLimited, keptBack } from './sending-limits.ts';

/** Money that came in earlier than so many days ago is not thanked for: the customer would not know what for. */
export const thanksWithinDays = 30;

/** An invoice that money was received for, with all that decides whether its customer is thanked. */
export interface PaidInvoice {
  invoiceId: string;
  invoiceNumber: string;
  issuedOn: Day;
  /** Of its instalments the earliest. */
  dueOn: Day;
  currency: Currency;
  totalMinor: number;
  status: ReceivableFact['status'];
  /** Nothing is left to pay, and it was money: no part of it is a person's word that it is settled. */
  isPaid: boolean;
  /** The day on which the last of the money came in; null: none did. */
  paidOn: Day | null;
  /** The company's day on which the last of what settles it was entered. */
  enteredOn: Day | null;
  disputed: boolean;
  pauses: readonly PauseFact[];
  recipients: ReceivableFact['recipients'];
  /** Of these recipients those that nothing is sent to, in lower case. */
  blockedRecipients: readonly string[];
  /** Something that was claimed beside the customer's invoices is neither paid nor waived. */
  owesCharges: boolean;
  /** Who pays for the customer, and is written to, has an overdue invoice of its own. */
  payerOwes: boolean;
  /** A message thanks for it already, or a person decided that none does. */
  isThanked: boolean;
  /** The instalments that a reminder asked for by e-mail, due or overdue, in their present pass. */
  reminded: readonly RemindedInstalment[];
}

export interface RemindedInstalment {
  receivableId: string;
  pass: number;
  /** Of the last reminder that left for it. */
  leftOn: Day;
  step: { id: string; level: number; rolesTo: readonly ContactRole[]; rolesCc: readonly ContactRole[]; sender: Sender };
}

export interface PlannedThanks {
  addressees: Addressees;
  needsApproval: boolean;
  /** In the order of their due dates. */
  invoices: PaidInvoice[];
}

/** Why there is nothing to thank for, or why it would be out of place today; null: nothing speaks against it. */
export function whyNoThanks(
  company: CompanyFacts,
  customer: CustomerFacts,
  invoice: PaidInvoice,
  today: Day,
): Reason | null {
  if (invoice.status !== 'issued' || !invoice.isPaid) return because('not-paid-any-more');
  if (invoice.reminded.length === 0) return because('not-reminded');
  if (invoice.disputed) return because('disputed');
  if (customer.forbiddenChannels.includes('email')) return because('email-not-wanted');
  // Nothing is written to a customer that somebody wanted left alone.
  if (customer.sequence === null) return because('no-sequence');
  const pause = [...invoice.pauses, ...customer.pauses, ...customer.sequence.pauses].find((one) =>
    isActive(one, today),
  );
  if (pause !== undefined)
    return because('paused', {
      reason: pause.reason,
      ...(pause.untilOn === null ? {} : { untilOn: pause.untilOn }),
    });
  const owes = owesAnything(company, customer, today) || invoice.owesCharges || invoice.payerOwes;
  return owes ? because('still-owes') : null;
}

/** Overdue, whatever holds its reminders back: thanks beside a debt would be read as if it were forgiven. */
function owesAnything({ toleranceMinor }: CompanyFacts, customer: CustomerFacts, today: Day): boolean {
  const asked = askedAmounts(customer);
  return customer.receivables.some(({ id, status, dueOn, directDebit }) => {
    const leftMinor = asked.get(id) ?? 0;
    const isOverdue = status === 'issued' && dueOn !== null && dueOn < today && !directDebit;
    return isOverdue && leftMinor > 0 && leftMinor >= toleranceMinor;
  });
}

/** To whom the last reminder of an invoice went; null: nobody of them can be written to. */
export function thankedAddressees(
  company: Pick<CompanyFacts, 'language'>,
  customer: CustomerFacts,
  { reminded, recipients, blockedRecipients }: PaidInvoice,
): Addressees | null {
  const [first, ...others] = reminded;
  if (first === undefined) return null;
  const last = others.reduce((a, b) => (isLater(b, a) ? b : a), first);
  const blockedAddresses = [...customer.blockedAddresses, ...blockedRecipients];
  return addresseesOf(company, { ...customer, blockedAddresses }, { recipients }, last.step);
}

const isLater = (a: RemindedInstalment, b: RemindedInstalment): boolean =>
  a.leftOn === b.leftOn ? a.step.level > b.step.level : a.leftOn > b.leftOn;

/** Two invoices are thanked for in one message only where it goes to the very same addresses. */
export const sameAddresses = (a: Addressees, b: Addressees): boolean =>
  JSON.stringify([a.to, a.cc]) === JSON.stringify([b.to, b.cc]);

/**
 * The messages of a day, one for each group of addresses. `since`: what was entered before is not thanked for; what is entered on the
 * day itself waits for the next, since it may be taken back. `others`: the days of the customer's other messages, for the company's
 * limits: what they keep back is asked for again the next day.
 */
export function thanksOf(
  company: CompanyFacts,
  customer: CustomerFacts,
  invoices: readonly PaidInvoice[],
  { since, others }: { since: Day; others: readonly Day[] },
  today: Day,
): PlannedThanks[] {
  if (!isSendingDay(company.calendar, today)) return [];
  const planned: PlannedThanks[] = [];
  const due = invoices
    .filter((one) => !one.isThanked && isInTime(one, since, today))
    .filter((one) => whyNoThanks(company, customer, one, today) === null)
    .sort((a, b) => compare(a.dueOn, b.dueOn) || compare(a.invoiceNumber, b.invoiceNumber));
  for (const invoice of due) {
    const addressees = thankedAddressees(company, customer, invoice);
    if (addressees === null) continue;
    const group = planned.find((one) => sameAddresses(one.addressees, addressees));
    if (group !== undefined) group.invoices.push(invoice);
    else
      planned.push({
        addressees,
        needsApproval: company.approveEverything || customer.keyAccount,
        invoices: [invoice],
      });
  }
  return withinLimits(company, planned, others, today);
}

const isInTime = ({ paidOn, enteredOn }: PaidInvoice, since: Day, today: Day): boolean =>
  paidOn !== null &&
  enteredOn !== null &&
  enteredOn >= since &&
  enteredOn < today &&
  paidOn >= addDays(today, -thanksWithinDays);

function withinLimits(
  company: CompanyFacts,
  planned: readonly PlannedThanks[],
  others: readonly Day[],
  today: Day,
): PlannedThanks[] {
  if (!isLimited(company.limits)) return [...planned];
  const candidates = planned.map((it): Candidate<PlannedThanks> => {
    const { dueOn, invoiceNumber } = it.invoices[0]!;
    return { it, level: 0, dueOn, invoiceNumber, byHand: false };
  });
  const kept = new Set(keptBack(company, others, candidates, today).map(({ it }) => it));
  return planned.filter((one) => !kept.has(one));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
