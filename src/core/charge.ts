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
  currency: Currency;
  amountMinor: number;
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
  step: ChargingStep;
  /** From 1 on the step comes again: what it adds was added. */
  occurrence: number;
}

/** What a message claims anew: when it leaves, each becomes a charge. */
export interface Claim {
  kind: ChargeKind;
  invoiceId: string;
  receivableId: string | null;
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
  const feed = new Set<string>();
  for (const item of items) {
    if (item.dueOn >= today || item.askedMinor <= 0) continue;
    const { receivableId, invoiceId, currency, step } = item;
    const claim = (kind: ChargeKind, amountMinor: number, upToOn: Day | null = null): void => {
      if (amountMinor > 0) claims.push({ kind, invoiceId, receivableId, currency, amountMinor, upToOn });
    };
    if (reaches(charging.interestFromLevel, step)) {
      const interest = interestOfItem(charging, debtor, item, today);
      if (interest === null) return null;
      claim('interest', interest - claimedBefore(earlier, item), today);
    }
    if (debtor.kind === 'consumer') continue;
    const { indemnity } = charging;
    const hasIndemnity = [...earlier, ...claims].some((one) => one.kind === 'indemnity' && one.invoiceId === invoiceId);
    if (reaches(charging.indemnityFromLevel, step) && indemnity?.currency === currency && !hasIndemnity)
      claim('indemnity', indemnity.minor);
    if (step.fee === null || item.occurrence > 0) continue;
    // Fixed, it is one for each invoice, however many instalments the message has of it.
    if ('fixed' in step.fee && feed.has(invoiceId)) continue;
    claim('fee', feeOn(step.fee, item));
    feed.add(invoiceId);
  }
  return claims;
}

/**
 * Up to today, from the first day, however much of it was claimed. What the customer's credits cover bears none: that money is there.
 */
function interestOfItem(charging: ChargingFacts, debtor: Debtor, item: ChargedItem, today: Day): number | null {
  const fromOn = interestFrom(debtor, item);
  if (fromOn === null) return 0;
  const openMinor = item.principalMinor - item.reductions.reduce((sum, { minor }) => sum + minor, 0);
  const creditMinor = Math.max(0, openMinor - item.askedMinor);
  const debt: Debt = { ...item, principalMinor: item.principalMinor - creditMinor, fromOn };
  const parts = interestParts(ratesFor(charging, debtor), debt, today);
  return parts === null ? null : interestOn(parts);
}

/** Waived or paid, it was claimed: it is not claimed again. */
const claimedBefore = (earlier: readonly EarlierCharge[], { receivableId }: ChargedItem): number =>
  earlier
    .filter((one) => one.kind === 'interest' && one.receivableId === receivableId)
    .reduce((sum, { amountMinor }) => sum + amountMinor, 0);

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
