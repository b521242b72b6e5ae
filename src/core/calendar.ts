// The days on which a company sends: weekdays that it chose, less the public holidays of its country and region.
import Holidays from 'date-holidays';
import { addDays, type Day, laterOf, weekdayOf } from './day.ts';

export interface SendingCalendar {
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  weekdays: readonly number[];
  isHoliday(day: Day): boolean;
}

/** The regions of a country that have holidays of their own, by name; none where the country is all one. */
export function regionsOf(country: string, language: string): { code: string; name: string }[] {
  const known = new Holidays().getStates(country, language) as Record<string, string> | undefined;
  return Object.entries(known ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

/** Every day is a sending day: what a company without a calendar has. */
export const everyDay: SendingCalendar = { weekdays: [1, 2, 3, 4, 5, 6, 7], isHoliday: () => false };

/** The calendar of a country (ISO 3166-1) and, where it has one, a region of it, after the library date-holidays. */
export function sendingCalendar(weekdays: readonly number[], country: string, region: string | null): SendingCalendar {
  const holidays = holidaysOf(country, region);
  return { weekdays, isHoliday: holidays };
}

/** A calendar of these weekdays that knows no holiday. */
export function weekdaysOnly(weekdays: readonly number[]): SendingCalendar {
  return { weekdays, isHoliday: () => false };
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
  return calendar.weekdays.includes(weekdayOf(day)) && !calendar.isHoliday(day);
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

function searchFrom(calendar: SendingCalendar, start: Day, stride: 1 | -1): Day {
  if (calendar.weekdays.length === 0)
    throw new Error('A calendar without a sending day: a company sends on one weekday at least.');
  let day = start;
  while (!isSendingDay(calendar, day)) day = addDays(day, stride);
  return day;
}
