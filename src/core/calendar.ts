// The days on which a company sends: weekdays that it chose, less the public holidays of its country and region, less its own
// closures. Nothing else knows what a sending day is.
import Holidays from 'date-holidays';
import { type Closure, closedOn } from './closure.ts';
import { addDays, type Day, laterOf, weekdayOf } from './day.ts';

export interface SendingCalendar {
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  weekdays: readonly number[];
  isHoliday(day: Day): boolean;
  /** The company is closed on that day, whatever its weekday. */
  isClosed(day: Day): boolean;
}

/** The regions of a country that have holidays of their own, by name; none where the country is all one. */
export function regionsOf(country: string, language: string): { code: string; name: string }[] {
  const known = new Holidays().getStates(country, language) as Record<string, string> | undefined;
  return Object.entries(known ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

/** Every day is a sending day: what a company without a calendar has. */
export const everyDay: SendingCalendar = {
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  isHoliday: () => false,
  isClosed: () => false,
};

/** The calendar of a country (ISO 3166-1) and, where it has one, a region of it, after the library date-holidays. */
export function sendingCalendar(weekdays: readonly number[], country: string, region: string | null): SendingCalendar {
  return { ...everyDay, weekdays, isHoliday: holidaysOf(country, region) };
}

/** A calendar of these weekdays that knows no holiday. */
export function weekdaysOnly(weekdays: readonly number[]): SendingCalendar {
  return { ...everyDay, weekdays };
}

/** The same calendar, less the days on which the company is closed. */
export function withClosures(calendar: SendingCalendar, closures: readonly Closure[]): SendingCalendar {
  return closures.length === 0 ? calendar : { ...calendar, isClosed: closedOn(closures) };
}

const byPlace = new Map<string, (day: Day) => boolean>();

function holidaysOf(country: string, region: string | null): (day: Day) => boolean {
  const place = `${country}/${region ?? ''}`;
  const known = byPlace.get(place);
  if (known !== undefined) return known;
  const source = region === null ? new Holidays(country) : new Holidays(country, region);
  const byYear = new Map<string, Set<Day>>();
  const isHoliday = (day: Day): boolean => {
    const year = day.slice(0, 4);
    let days = byYear.get(year);
    if (days === undefined) {
      const listed = source.getHolidays(Number(year)) ?? [];
      days = new Set(listed.filter((holiday) => holiday.type === 'public').map((holiday) => holiday.date.slice(0, 10)));
      byYear.set(year, days);
    }
    return days.has(day);
  };
  byPlace.set(place, isHoliday);
  return isHoliday;
}

export function isSendingDay(calendar: SendingCalendar, day: Day): boolean {
  return calendar.weekdays.includes(weekdayOf(day)) && !calendar.isHoliday(day) && !calendar.isClosed(day);
}

/** The day itself when it is a sending day, else the next that is. */
export function sendingDayFrom(calendar: SendingCalendar, day: Day): Day {
  return searchFrom(calendar, day, 1);
}

/** The last sending day strictly before the day. */
export function sendingDayBefore(calendar: SendingCalendar, day: Day): Day {
  return searchFrom(calendar, addDays(day, -1), -1);
}

/** How many sending days have come since that day, today included: from a Friday to the Monday after it, one. A year at most is looked at. */
export function sendingDaysSince(calendar: SendingCalendar, since: Day, today: Day): number {
  let count = 0;
  const first = laterOf(addDays(since, 1), addDays(today, -366));
  for (let day = first; day <= today; day = addDays(day, 1)) if (isSendingDay(calendar, day)) count += 1;
  return count;
}

/** The last day since which something has waited more than so many sending days today. */
export function waitingTooLongFrom(calendar: SendingCalendar, today: Day, days: number): Day {
  let day = addDays(today, 1);
  for (let counted = 0; counted <= days; counted++) day = sendingDayBefore(calendar, day);
  return addDays(day, -1);
}

/** The Monday of the day's week (ISO 8601). */
export function mondayOf(day: Day): Day {
  return addDays(day, 1 - weekdayOf(day));
}

/** A company that would not send for longer than this has typed something wrong. */
const longestSilenceDays = 366;

/** After so many days weekdays and dates have met in every way, leap years and all: 28 years. */
const wholeCycleDays = 10_227;

/**
 * The first day of a stretch of more than a year without a sending day, looked for from a day on until 28 years after today; null:
 * there is none. Public holidays are left out: they silence no year.
 */
export function silentFrom(calendar: SendingCalendar, from: Day, today: Day): Day | null {
  const open = { ...calendar, isHoliday: () => false };
  const until = addDays(today, wholeCycleDays);
  let silence = 0;
  for (let day = from; day <= until; day = addDays(day, 1)) {
    silence = isSendingDay(open, day) ? 0 : silence + 1;
    if (silence > longestSilenceDays) return addDays(day, 1 - silence);
  }
  return null;
}

/** Throws where no sending day is found within 28 years: `silentFrom` keeps such a calendar from being saved. */
function searchFrom(calendar: SendingCalendar, start: Day, stride: 1 | -1): Day {
  if (calendar.weekdays.length === 0)
    throw new Error('A calendar without a sending day: a company sends on one weekday at least.');
  let day = start;
  for (let days = 0; days < wholeCycleDays; days++) {
    if (isSendingDay(calendar, day)) return day;
    day = addDays(day, stride);
  }
  throw new Error(`A calendar without a sending day for 28 years from ${start}.`);
}
