// When an invoice is due by what was agreed with its customer: days, the end of a month, a day of the month, in that order.
import { addDays, type Day, dayOf, lastDayOfMonth, laterOf } from './day.ts';

export interface PaymentTerms {
  /** From the day of issue, or from the end of its month (`before`); 0 to 365. */
  days: number;
  /**
   * "45 jours fin de mois" has two accepted readings, so that it is part of the terms which one holds: the days and then the end of the
   * month (`after`), or the end of the month of issue and then the days (`before`). Null: no end of month.
   */
  endOfMonth: 'after' | 'before' | null;
  /** Then the next such day of a month, 1 to 31; in a month that has none, its last day. Null: the day that was reached. */
  dayOfMonth: number | null;
}

/** The day on which an invoice of these terms is due. */
export function dueOn(issuedOn: Day, { days, endOfMonth, dayOfMonth }: PaymentTerms): Day {
  const start = endOfMonth === 'before' ? lastDayOfMonth(issuedOn) : issuedOn;
  const counted = addDays(start, days);
  const reached = endOfMonth === 'after' ? lastDayOfMonth(counted) : counted;
  if (dayOfMonth === null) return reached;
  // "Fin de mois le 31" is the month after, and "le 15" never the day of issue itself: only days that were counted may end on that day.
  const counts = days > 0 && endOfMonth !== 'after';
  return nextDayOfMonth(counts ? reached : addDays(reached, 1), dayOfMonth);
}

/** The first day from `from` on, itself included, that is the nth of its month, or the last of a month that is shorter. */
function nextDayOfMonth(from: Day, nth: number): Day {
  const inMonth = nthOf(from, nth);
  return inMonth >= from ? inMonth : nthOf(addDays(lastDayOfMonth(from), 1), nth);
}

const nthOf = (day: Day, nth: number): Day =>
  dayOf(Number(day.slice(0, 4)), Number(day.slice(5, 7)), nth) ?? lastDayOfMonth(day);

/** What two businesses may agree on at most (C. com. art. L441-10 I). */
const mostDays = 60;
const mostDaysEndOfMonth = 45;

/** Four years that follow one another have all months that there are. */
const fourYears = 1461;

/**
 * Whether these terms can go beyond what French law lets two businesses agree on: 60 days from the day of issue or, by contract, 45 days
 * end of month, counted in either way (C. com. art. L441-10 I). Terms are within it where one of the two holds for every day of issue.
 * The shorter terms of some trades (L441-11) are not looked at.
 */
export function mayExceedLaw(terms: PaymentTerms): boolean {
  const exceeds = (most: (issuedOn: Day) => Day): boolean => {
    for (let day = 0, issuedOn = '2024-01-01'; day < fourYears; day++, issuedOn = addDays(issuedOn, 1))
      if (dueOn(issuedOn, terms) > most(issuedOn)) return true;
    return false;
  };
  return (
    exceeds((issuedOn) => addDays(issuedOn, mostDays)) &&
    exceeds((issuedOn) =>
      laterOf(
        dueOn(issuedOn, { days: mostDaysEndOfMonth, endOfMonth: 'after', dayOfMonth: null }),
        dueOn(issuedOn, { days: mostDaysEndOfMonth, endOfMonth: 'before', dayOfMonth: null }),
      ),
    )
  );
}
