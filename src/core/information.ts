// What a message lists for information beside what it asks for (rule 12): the customer's other invoices, which take no step by it.
import { type Day, daysBetween } from './day.ts';
import type { CompanyFacts, CustomerFacts, ReceivableFact } from './facts.ts';
import type { Currency } from './money.ts';
import { askedAmounts, isActive } from './plan.ts';
import { promiseHolding } from './promise.ts';

export interface ListedForInformation {
  receivableId: string;
  invoiceNumber: string;
  issuedOn: Day;
  dueOn: Day;
  currency: Currency;
  /** What is left of it, less the customer's credits that fall on it. */
  openMinor: number;
  /** 0: not due yet, or due today. */
  lateDays: number;
}

/**
 * The oldest first. Left out: what the message asks for, what has other recipients (nobody reads of what is not theirs), what is
 * disputed, promised, paused, collected by direct debit, of a type that the customer's rule leaves out, covered or below the tolerance, and what stands outside the sequence: a message never
 * brings up by surprise what nobody decided to include (B6).
 */
export function listedForInformation(
  company: CompanyFacts,
  customer: CustomerFacts,
  asked: ReadonlySet<string>,
  today: Day,
): ListedForInformation[] {
  if (company.grouping === 'invoice') return [];
  const [first] = customer.receivables.filter((one) => asked.has(one.id));
  const recipients = JSON.stringify(first?.recipients ?? null);
  const amounts = askedAmounts(customer);
  return customer.receivables
    .filter((one) => !asked.has(one.id) && JSON.stringify(one.recipients) === recipients)
    .filter((one): one is ReceivableFact & { dueOn: Day } => mayBeListed(company, customer, one, today))
    .map(({ id, invoiceNumber, issuedOn, dueOn, currency }) => ({
      receivableId: id,
      invoiceNumber,
      issuedOn,
      dueOn,
      currency,
      openMinor: amounts.get(id) ?? 0,
      lateDays: Math.max(0, daysBetween(dueOn, today)),
    }))
    .filter(({ openMinor }) => openMinor > 0 && openMinor >= company.toleranceMinor)
    .sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : a.invoiceNumber < b.invoiceNumber ? -1 : 1));
}

function mayBeListed(company: CompanyFacts, customer: CustomerFacts, receivable: ReceivableFact, today: Day): boolean {
  const { status, dueOn, issuedOn, directDebit, disputed, pauses, entry, type } = receivable;
  if (status !== 'issued' || dueOn === null || issuedOn > today || directDebit || disputed) return false;
  if (customer.rule?.excludedTypes.includes(type)) return false;
  if (promiseHolding(company, customer, () => askedAmounts(customer), receivable.invoiceId, today) !== null)
    return false;
  if (entry === 'outside' || [...pauses, ...customer.pauses].some((pause) => isActive(pause, today))) return false;
  return dueOn < today || company.listsNotDue;
}
