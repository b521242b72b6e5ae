// Late-payment interest: simple, on the principal that was unpaid, day by day, at the rate of each half-year; exact until it is
// rounded, once, at the end.
import { addDays, type Day, daysBetween, earlierOf, laterOf } from './day.ts';

/** '2026-H1': 1 January to 30 June, whose rate is that of 1 January; '2026-H2', that of 1 July (C. com. L441-10 II). */
export type HalfYear = string;

/** Hundredths of a percent a year: 12.15 % is 1215. */
export type Rate = number;

/** One rate for all days, or one for each half-year; those that are missing are not known. */
export type Rates = { always: Rate } | { byHalfYear: Readonly<Record<HalfYear, Rate>> };

/** What came off the principal on a day: a payment, or a credit note; the day counts in full still. Minor units. */
export interface Reduction {
  on: Day;
  minor: number;
}

export interface Debt {
  /** What was owed at first, in minor units. */
  principalMinor: number;
  reductions: readonly Reduction[];
  /** The first day that counts: the day after the due date, or after a consumer's formal notice. */
  fromOn: Day;
}

/** An amount that was owed from a day to a day, both included, at one rate. */
export interface InterestPart {
  fromOn: Day;
  toOn: Day;
  baseMinor: number;
  rate: Rate;
}

export const halfYearOf = (day: Day): HalfYear => `${day.slice(0, 4)}-H${day.slice(5, 7) <= '06' ? 1 : 2}`;

const lastDayOf = (half: HalfYear): Day =>
  half.endsWith('1') ? `${half.slice(0, 4)}-06-30` : `${half.slice(0, 4)}-12-31`;

/** What was owed, from when to when, up to a day: by amount, not by rate. */
function owedSpans({ principalMinor, reductions, fromOn }: Debt, toOn: Day): Omit<InterestPart, 'rate'>[] {
  const spans: Omit<InterestPart, 'rate'>[] = [];
  let baseMinor = principalMinor;
  let from = fromOn;
  for (const { on, minor } of [...reductions].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0))) {
    const last = earlierOf(on, toOn);
    // The day of payment is a day of delay (LAW: day 1 is the day after the due date, the day of payment included).
    if (baseMinor > 0 && last >= from) spans.push({ fromOn: from, toOn: last, baseMinor });
    from = laterOf(from, addDays(on, 1));
    baseMinor -= minor;
  }
  if (baseMinor > 0 && toOn >= from) spans.push({ fromOn: from, toOn, baseMinor });
  return spans;
}

function byHalfYear(span: Omit<InterestPart, 'rate'>): (Omit<InterestPart, 'rate'> & { half: HalfYear })[] {
  const parts = [];
  let from = span.fromOn;
  while (from <= span.toOn) {
    const half = halfYearOf(from);
    const toOn = earlierOf(span.toOn, lastDayOf(half));
    parts.push({ ...span, fromOn: from, toOn, half });
    from = addDays(toOn, 1);
  }
  return parts;
}

/** The half-years of which a rate is needed and not known, in their order. */
export function missingHalfYears(rates: Rates, debt: Debt, toOn: Day): HalfYear[] {
  if ('always' in rates) return [];
  const needed = owedSpans(debt, toOn).flatMap((span) => byHalfYear(span).map(({ half }) => half));
  return [...new Set(needed)].filter((half) => rates.byHalfYear[half] === undefined);
}

/** What interest is made of, up to and including a day; null where the rate of a day that counts is not known. */
export function interestParts(rates: Rates, debt: Debt, toOn: Day): InterestPart[] | null {
  if (missingHalfYears(rates, debt, toOn).length > 0) return null;
  return owedSpans(debt, toOn).flatMap((span) =>
    'always' in rates
      ? [{ ...span, rate: rates.always }]
      : byHalfYear(span).map(({ half, ...part }) => ({ ...part, rate: rates.byHalfYear[half]! })),
  );
}

/** A year is of 365 days, leap years too; a rate of hundredths of a percent. */
const denominator = 365n * 10_000n;

/**
 * Simple interest in minor units, rounded once, half up: amount × rate × days / 365, the days of each part counted with both ends.
 */
export function interestOn(parts: readonly InterestPart[]): number {
  const sum = parts.reduce(
    (total, { baseMinor, rate, fromOn, toOn }) =>
      total + BigInt(baseMinor) * BigInt(rate) * BigInt(daysBetween(fromOn, toOn) + 1),
    0n,
  );
  return Number((2n * sum + denominator) / (2n * denominator));
}
