// A quiet period of the company's own: the days on which no reminder leaves ("Congés d'été", "Inventaire"), both included.
import { type Day, dayOf } from './day.ts';

export interface Closure {
  fromOn: Day;
  untilOn: Day;
  /** It comes back each year on the same days of the calendar, from its own year on, for good. */
  yearly: boolean;
}

/**
 * Whether any of these closures covers a day. A yearly one covers the days whose month and day of the month lie between its own: so
 * 29 February is covered in leap years, and in the others the rest of the period is. One that begins on 29 February begins on
 * 1 March in those years, one that ends on it ends on 28 February, and one of that single day does not take place. Over the
 * year's end (22 December to 3 January) it runs into January of the year after.
 */
export function closedOn(closures: readonly Closure[]): (day: Day) => boolean {
  const byYear = new Map<number, readonly Period[]>();
  return (day) => {
    const year = Number(day.slice(0, 4));
    let periods = byYear.get(year);
    if (periods === undefined) {
      periods = closures.flatMap((closure) => periodsIn(closure, year));
      byYear.set(year, periods);
    }
    return periods.some((period) => period.fromOn <= day && day <= period.untilOn);
  };
}

interface Period {
  fromOn: Day;
  untilOn: Day;
}

/** Of a closure, the periods that touch a year: of a yearly one that which begins in it, and that which has begun the year before. */
function periodsIn({ fromOn, untilOn, yearly }: Closure, year: number): Period[] {
  if (!yearly) return [{ fromOn, untilOn }];
  const firstYear = Number(fromOn.slice(0, 4));
  return [year - 1, year].flatMap((begins) => {
    if (begins < firstYear) return [];
    const shift = begins - firstYear;
    return { fromOn: shifted(fromOn, shift, '03-01'), untilOn: shifted(untilOn, shift, '02-28') };
  });
}

/** The same day so many years later; `instead`: what stands for 29 February in a year without one. */
function shifted(day: Day, years: number, instead: string): Day {
  const year = Number(day.slice(0, 4)) + years;
  const same = dayOf(year, Number(day.slice(5, 7)), Number(day.slice(8, 10)));
  return same ?? `${String(year).padStart(4, '0')}-${instead}`;
}
