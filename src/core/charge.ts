// What is owed beside the principal because it was late: interest, the fixed indemnity, a fee that was agreed. What a message shows
// is worked out to its day; when it leaves, it becomes a charge that no later day changes (rule 9).
import { addDays, type Day, laterOf } from './day.ts';
import type { CompanyFacts, CustomerFacts, ReceivableFact, StepFact } from './facts.ts';
import {
  type Debt,
  type HalfYear,
  interestOn,
  interestParts,
  missingHalfYears,
  type Rate,
  type Rates,
  type Reduction,
} from './interest.ts';
import type { Currency } from './money.ts';
import type { RateKind } from './published-rates.ts';

export const chargeKinds = ['interest', 'indemnity', 'fee'] as const;
export type ChargeKind = (typeof chargeKinds)[number];

/** What a step adds: minor units by currency, or a share of the principal in hundredths of a percent. Never to a consumer. */
export type Fee = { fixed: Readonly<Record<Currency, number>> } | { share: number };

/** What a company claims beside the principal. */
export interface ChargingFacts {
  /** From that level on; null: never. */
  interestFromLevel: number | null;
  indemnityFromLevel: number | null;
  /** What the fixed indemnity is in the company's country; null: there is none that is known. */
  indemnity: { currency: Currency; minor: number } | null;
  /** Agreed with all its customers; null: the law's. */
  contractRate: Rate | null;
  /** Those that may be used: published and certain, or confirmed by a person. */
  rates: Readonly<Record<RateKind, Readonly<Record<HalfYear, Rate>>>>;
}

export const chargesNothing: ChargingFacts = {
  interestFromLevel: null,
  indemnityFromLevel: null,
  indemnity: null,
  contractRate: null,
  rates: { late_payment: {}, public: {}, legal: {} },
};

/**
 * The fixed indemnity for recovery costs: 40 EUR for each invoice that is late, without a reminder (C. com. art. D441-5). Of other
 * countries none is known here.
 */
export const indemnityIn = (country: string): ChargingFacts['indemnity'] =>
  country === 'FR' ? { currency: 'EUR', minor: 4_000 } : null;

type Debtor = Pick<CustomerFacts, 'kind' | 'contractRate'>;

/** An agreed rate is one between businesses: a consumer owes the legal rate whatever was agreed, a public body its own. */
export function ratesFor({ contractRate, rates }: ChargingFacts, debtor: Debtor): Rates {
  const agreed = debtor.kind === 'business' ? (debtor.contractRate ?? contractRate) : null;
  if (agreed !== null) return { always: agreed };
  return { byHalfYear: rates[rateKindOf(debtor)] };
}

export function rateKindOf({ kind }: Pick<CustomerFacts, 'kind'>): RateKind {
  return ({ business: 'late_payment', public: 'public', consumer: 'legal' } as const)[kind];
}

/**
 * The first day that bears interest: the one after the due date (C. com. art. L441-10 II); for a consumer the one after the formal
 * notice left (C. civ. art. 1231-6, 1344-1), and null before there was one.
 */
export function interestFrom(
  { kind }: Pick<CustomerFacts, 'kind'>,
  { dueOn, items }: { dueOn: Day; items: readonly { formalNotice: boolean; leftOn: Day | null; state: string }[] },
): Day | null {
  if (kind !== 'consumer') return addDays(dueOn, 1);
  const notices = items.flatMap((item) => (item.formalNotice && item.state === 'taken' ? (item.leftOn ?? []) : []));
  return notices.length === 0 ? null : addDays(laterOf(dueOn, notices.sort()[0]!), 1);
}

type ChargingStep = Pick<StepFact, 'level' | 'fee'>;

const reaches = (fromLevel: number | null, { level }: Pick<StepFact, 'level'>): boolean =>
  fromLevel !== null && level >= fromLevel;

/**
 * The half-year whose rate is needed by a message of that step and is not known, or not confirmed (F7); null: none. What is open has
 * been open on every day since it fell due.
 */
export function rateNotKnown(
  { charging }: Pick<CompanyFacts, 'charging'>,
  debtor: Debtor,
  receivable: Pick<ReceivableFact, 'items' | 'openMinor'> & { dueOn: Day },
  step: Pick<StepFact, 'level'>,
  today: Day,
): HalfYear | null {
  if (!reaches(charging.interestFromLevel, step)) return null;
  const fromOn = interestFrom(debtor, receivable);
  if (fromOn === null) return null;
  const debt: Debt = { principalMinor: receivable.openMinor, reductions: [], fromOn };
  return missingHalfYears(ratesFor(charging, debtor), debt, today)[0] ?? null;
}

/** A charge that was claimed before. Minor units. */
export interface EarlierCharge {
  kind: ChargeKind;
  invoiceId: string;
  /** Of interest: the instalment that bore it. */
  receivableId: string | null;
  /** Of a fee: the step that added it. */
  stepId: string | null;
  currency: Currency;
  amountMinor: number;
  /** Of interest: the last day that it counts. */
  upToOn: Day | null;
  /** What a message may still ask for: 0 once it is paid, or waived by a person, or while the message that claims it is on its way. */
  askedMinor: number;
}

/** An instalment that a message asks for. */
export interface ChargedItem {
  receivableId: string;
  invoiceId: string;
  currency: Currency;
  dueOn: Day;
  /** Its amount at first, and what came off it. */
  principalMinor: number;
  reductions: readonly Reduction[];
  /** What is asked for of it: less the customer's credits. */
  askedMinor: number;
  items: ReceivableFact['items'];
  stepId: string;
  step: ChargingStep;
  /** From 1 on the step comes again: what it adds was added. */
  occurrence: number;
}

/** What a message claims anew: when it leaves, each becomes a charge. */
export interface Claim {
  kind: ChargeKind;
  invoiceId: string;
  receivableId: string | null;
  /** Of a fee: the step that adds it. */
  stepId: string | null;
  currency: Currency;
  amountMinor: number;
  /** Of interest: the last day that it counts. */
  upToOn: Day | null;
}

/**
 * What a message of today claims beside what it asks for, on the principal alone, never on another charge. Null where a rate that it
 * needs is not known: it waits.
 */
export function claimsOf(
  charging: ChargingFacts,
  debtor: Debtor,
  items: readonly ChargedItem[],
  earlier: readonly EarlierCharge[],
  today: Day,
): Claim[] | null {
  const claims: Claim[] = [];
  for (const item of items) {
    if (item.dueOn >= today || item.askedMinor <= 0) continue;
    const { receivableId, invoiceId, currency, step, stepId } = item;
    const claim = (kind: ChargeKind, amountMinor: number, of: Partial<Claim>): void => {
      const whole = { kind, invoiceId, receivableId, stepId: null, currency, amountMinor, upToOn: null, ...of };
      if (amountMinor > 0) claims.push(whole);
    };
    if (reaches(charging.interestFromLevel, step)) {
      const interest = interestToClaim(charging, debtor, item, earlier, today);
      if (interest === null) return null;
      claim('interest', interest, { upToOn: today });
    }
    if (debtor.kind === 'consumer') continue;
    const { indemnity } = charging;
    const before = [...earlier, ...claims].filter((one) => one.invoiceId === invoiceId);
    const hasIndemnity = before.some(({ kind }) => kind === 'indemnity');
    if (reaches(charging.indemnityFromLevel, step) && indemnity?.currency === currency && !hasIndemnity)
      claim('indemnity', indemnity.minor, { receivableId: null });
    if (step.fee === null || item.occurrence > 0) continue;
    // Fixed, it is one for each invoice, however many instalments it has; and once, however often the step comes again.
    const ofWhat = 'fixed' in step.fee ? null : receivableId;
    const isAdded = before.some((one) => one.kind === 'fee' && one.stepId === stepId && one.receivableId === ofWhat);
    if (!isAdded) claim('fee', feeOn(step.fee, item), { stepId, receivableId: ofWhat });
  }
  return claims;
}

/**
 * Of the days since the last that was claimed, as the rate is now: a rate that is agreed later changes nothing of what was claimed. And
 * never more than all of it less what was claimed: a payment entered late for an earlier day makes it less.
 */
function interestToClaim(
  charging: ChargingFacts,
  debtor: Debtor,
  item: ChargedItem,
  earlier: readonly EarlierCharge[],
  today: Day,
): number | null {
  const ofItem = earlier.filter(({ kind, receivableId }) => kind === 'interest' && receivableId === item.receivableId);
  const claimedMinor = ofItem.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const lastOn = ofItem.reduce<Day | null>(
    (last, { upToOn }) => (last === null || upToOn! > last ? upToOn : last),
    null,
  );
  const whole = accruedOf(charging, debtor, item, today, null);
  const since = accruedOf(charging, debtor, item, today, lastOn);
  return whole === null || since === null ? null : Math.min(since, whole - claimedMinor);
}

/**
 * Interest up to today, from the first day or from the one after `lastOn`, however much of it was claimed. What the customer's credits
 * cover bears none: that money is there. Null: a rate is not known.
 */
function accruedOf(
  charging: ChargingFacts,
  debtor: Debtor,
  item: ChargedItem,
  today: Day,
  lastOn: Day | null,
): number | null {
  const first = interestFrom(debtor, item);
  if (first === null) return 0;
  const fromOn = lastOn === null ? first : laterOf(first, addDays(lastOn, 1));
  const openMinor = item.principalMinor - item.reductions.reduce((sum, { minor }) => sum + minor, 0);
  const creditMinor = Math.max(0, openMinor - item.askedMinor);
  const debt: Debt = { ...item, principalMinor: item.principalMinor - creditMinor, fromOn };
  const parts = interestParts(ratesFor(charging, debtor), debt, today);
  return parts === null ? null : interestOn(parts);
}

/**
 * What was claimed, as it may still be asked for: of a consumer nothing that only others owe (whatever it was before), of interest no more
 * than has accrued (a payment was entered late for an earlier day).
 */
export function stillAsked(
  charging: ChargingFacts,
  debtor: Debtor,
  items: readonly ChargedItem[],
  earlier: readonly EarlierCharge[],
  today: Day,
): EarlierCharge[] {
  const roomOf = new Map<string, number>();
  const bearing = new Set(items.flatMap((item) => (interestFrom(debtor, item) === null ? [] : item.receivableId)));
  for (const item of items) {
    if (!reaches(charging.interestFromLevel, item.step)) continue;
    const accrued = accruedOf(charging, debtor, item, today, null);
    const settledMinor = earlier
      .filter(({ kind, receivableId }) => kind === 'interest' && receivableId === item.receivableId)
      .reduce((sum, { amountMinor, askedMinor }) => sum + amountMinor - askedMinor, 0);
    if (accrued !== null) roomOf.set(item.receivableId, Math.max(0, accrued - settledMinor));
  }
  return earlier.map((one) => {
    if (debtor.kind === 'consumer' && !bearing.has((one.kind === 'interest' && one.receivableId) || ''))
      return { ...one, askedMinor: 0 };
    const room = one.kind === 'interest' ? roomOf.get(one.receivableId ?? '') : undefined;
    if (room === undefined) return one;
    const askedMinor = Math.min(one.askedMinor, room);
    roomOf.set(one.receivableId!, room - askedMinor);
    return { ...one, askedMinor };
  });
}

/** Half up, as interest is. */
function feeOn(fee: Fee, { currency, askedMinor }: ChargedItem): number {
  if ('fixed' in fee) return fee.fixed[currency] ?? 0;
  return Math.floor((askedMinor * fee.share + 5_000) / 10_000);
}

/** What a message asks for beside the principal, by kind and currency. */
export interface ChargeAsked {
  kind: ChargeKind;
  currency: Currency;
  minor: number;
}

/** Of the invoices that it asks for: what was claimed and is still open, and what it claims anew. Two currencies never add. */
export function chargesAsked(
  invoiceIds: ReadonlySet<string>,
  earlier: readonly EarlierCharge[],
  claims: readonly Claim[],
): ChargeAsked[] {
  const open = [
    ...earlier.filter(({ invoiceId }) => invoiceIds.has(invoiceId)).map((one) => ({ ...one, minor: one.askedMinor })),
    ...claims.map((one) => ({ ...one, minor: one.amountMinor })),
  ];
  return chargeKinds.flatMap((kind) => {
    const sums = new Map<Currency, number>();
    for (const one of open.filter((other) => other.kind === kind))
      sums.set(one.currency, (sums.get(one.currency) ?? 0) + one.minor);
    return [...sums].filter(([, minor]) => minor > 0).map(([currency, minor]) => ({ kind, currency, minor }));
  });
}
