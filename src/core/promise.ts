// A promise to pay: until when it holds reminders back, and whether it was kept. Derived from what came in, whatever was written.
import type { Day } from './day.ts';
import type { CompanyFacts, CustomerFacts, PromiseFact } from './facts.ts';
import { formatAmount, formatDay } from './format.ts';
import { type Amount, amountsOf } from './reminder.ts';

type Owing = Pick<CustomerFacts, 'receivables'>;
type Tolerance = Pick<CompanyFacts, 'toleranceMinor'>;

/** What each receivable asks for, less the customer's credits (askedAmounts). */
type Asked = ReadonlyMap<string, number>;

/**
 * The promise that holds this invoice back today; null: none does. `asked` is worked out where there is a promise to look at. It holds up
 * to and including its day, and does so still where a part was promised and came early; but not once the money that kept it was taken
 * back.
 */
export function promiseHolding(
  company: Tolerance,
  customer: Owing & Pick<CustomerFacts, 'promises'>,
  asked: () => Asked,
  invoiceId: string,
  today: Day,
): PromiseFact | null {
  if (customer.promises.length === 0) return null;
  const holding = customer.promises.filter(
    (promise) =>
      today <= heldUntil(company, customer, asked, promise) &&
      promise.invoiceIds.includes(invoiceId) &&
      (promise.ended === null || (promise.ended === 'kept' && isFulfilled(company, customer, asked(), promise))),
  );
  return holding.reduce<PromiseFact | null>(
    (last, one) => (last === null || one.promisedOn > last.promisedOn ? one : last),
    null,
  );
}

/**
 * The last day that a promise holds: its own; of a payment plan, that of the first instalment which what came in by then, with those
 * before it, does not cover.
 */
export function heldUntil(company: Tolerance, customer: Owing, asked: () => Asked, promise: PromiseFact): Day {
  return firstUncovered(company, customer, asked, promise)?.dueOn ?? promise.promisedOn;
}

/**
 * The instalment that is waited for, and how much of it is missing; null: none, or it is paid in one go. What is below the tolerance is
 * not missed.
 */
export function firstUncovered(
  company: Tolerance,
  customer: Owing,
  asked: () => Asked,
  promise: PromiseFact,
): { dueOn: Day; missingMinor: number } | null {
  let dueMinor = 0;
  for (const { dueOn, minor, receivedMinor, unallocatedMinor } of promise.instalments) {
    dueMinor += minor;
    const covered = receivedFor(customer, asked(), { ...promise, receivedMinor, unallocatedMinor });
    const missingMinor = dueMinor - covered;
    if (missingMinor > 0 && missingMinor >= company.toleranceMinor)
      return { dueOn, missingMinor: Math.min(minor, missingMinor) };
  }
  return null;
}

/**
 * What became of a promise: the money was there by its day, or its day is past without it; null: nothing yet. Withdrawn: nothing is
 * invoiced any more of what it was about.
 */
export function outcomeOf(
  company: Tolerance,
  customer: Owing,
  asked: Asked,
  promise: PromiseFact,
  today: Day,
): 'kept' | 'broken' | 'withdrawn' | null {
  if (promise.invoiceIds.length === 0) return 'withdrawn';
  // Broken once, a plan is kept only where each instalment shows to have come by its day.
  const isOver = promise.ended === 'broken' && firstUncovered(company, customer, () => asked, promise) !== null;
  if (!isOver && isFulfilled(company, customer, asked, promise)) return 'kept';
  return today > heldUntil(company, customer, () => asked, promise) ? 'broken' : null;
}

/** The promised amount came in by its day, or nothing was left to pay by then. */
function isFulfilled(company: Tolerance, customer: Owing, asked: Asked, promise: PromiseFact): boolean {
  const { amount, invoiceIds, lateMinor } = promise;
  if (amount !== null && receivedFor(customer, asked, promise) >= amount.minor) return true;
  return invoiceIds.every((invoiceId) => {
    const leftMinor = owedOf(customer, asked, invoiceId) + (lateMinor[invoiceId] ?? 0);
    return leftMinor <= 0 || leftMinor < company.toleranceMinor;
  });
}

/** Of money that doesn't say for what it is, as much as falls on the invoice by rule 7. */
function receivedFor(
  customer: Owing,
  asked: Asked,
  { invoiceId, receivedMinor, unallocatedMinor }: PromiseFact,
): number {
  if (invoiceId === null) return receivedMinor + unallocatedMinor;
  const openMinor = customer.receivables
    .filter((one) => one.invoiceId === invoiceId && one.status === 'issued')
    .reduce((sum, one) => sum + one.openMinor, 0);
  return receivedMinor + Math.min(unallocatedMinor, openMinor - owedOf(customer, asked, invoiceId));
}

function owedOf({ receivables }: Owing, asked: Asked, invoiceId: string): number {
  return receivables
    .filter((one) => one.invoiceId === invoiceId && one.status === 'issued')
    .reduce((sum, one) => sum + (asked.get(one.id) ?? 0), 0);
}

/**
 * Whether a plan that was found broken goes on after all: it shows late that what was missing had come by its day, and nothing else was
 * agreed about its invoices since.
 */
export function goesOn(
  company: Tolerance,
  customer: Owing & Pick<CustomerFacts, 'promises'>,
  asked: Asked,
  promise: PromiseFact,
  today: Day,
): boolean {
  if (promise.ended !== 'broken' || promise.instalments.length === 0) return false;
  const others = customer.promises.filter((one) => one.ended === null);
  if (others.some(({ invoiceIds }) => invoiceIds.some((id) => promise.invoiceIds.includes(id)))) return false;
  return outcomeOf(company, customer, asked, promise, today) === null;
}

/** What is owed now of what was promised, each currency apart; empty: nothing. */
export function stillOwed({ receivables }: Owing, asked: Asked, { invoiceIds }: PromiseFact): Amount[] {
  const open = receivables.filter((one) => one.status === 'issued' && invoiceIds.includes(one.invoiceId));
  const owed = open.map(({ id, currency }) => ({ currency, askedMinor: asked.get(id) ?? 0 }));
  return amountsOf(owed.filter(({ askedMinor }) => askedMinor > 0));
}

/** What the task says of whoever is told: how much, and for which day. `owed`: where all of it was promised. */
export function brokenText(
  { amount, promisedOn, instalments }: PromiseFact,
  owed: readonly Amount[],
  missed: { dueOn: Day; missingMinor: number } | null,
  language: 'fr' | 'en',
): string {
  if (instalments.length > 0 && amount !== null && missed !== null) {
    const sum = formatAmount(missed.missingMinor, amount.currency, language);
    const due = formatDay(missed.dueOn, language);
    return language === 'fr'
      ? `Échéancier non tenu\u00a0: il manque ${sum} au ${due}`
      : `Payment plan broken: ${sum} missing on ${due}`;
  }
  const amounts = (amount === null ? owed : [amount])
    .map(({ currency, minor }) => formatAmount(minor, currency, language))
    .join(language === 'fr' ? ' et ' : ' and ');
  const day = formatDay(promisedOn, language);
  return language === 'fr'
    ? `Promesse non tenue\u00a0: ${amounts} pour le ${day}`
    : `Promise broken: ${amounts} by ${day}`;
}
