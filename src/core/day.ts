// Days: 'YYYY-MM-DD' strings at rest, which compare as text; Temporal does the arithmetic.

/** A calendar day, 'YYYY-MM-DD'. */
export type Day = string;

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** The day when the text is one ('2024-02-29'), else null ('2023-02-29', '1/2/2013'). */
export function parseDay(text: string): Day | null {
  if (!dayPattern.test(text)) return null;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8, 10))];
  return isCalendarDay(year, month, day) ? text : null;
}

/** The day of a year, month and day of the month, or null where the calendar has none. */
export function dayOf(year: number, month: number, day: number): Day | null {
  if (!isCalendarDay(year, month, day)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1)) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

const epoch = Temporal.PlainDate.from('1970-01-01');

/** Days since 1970-01-01: what differences and additions are made of. Digit by digit, since a plan of 60 days asks it a million times. */
function ordinal(day: Day): number {
  const year = digits(day, 0) * 100 + digits(day, 2);
  return Math.round(Date.UTC(year, digits(day, 5) - 1, digits(day, 8)) / 86_400_000);
}

/** The number that two digits make. */
function digits(day: Day, at: number): number {
  return (day.charCodeAt(at) - zero) * 10 + day.charCodeAt(at + 1) - zero;
}

const zero = '0'.charCodeAt(0);

/** Days by their ordinal, as they are asked for: those from 1970 to 2106, which is where invoices live. */
const days: Day[] = [];
const remembered = 50_000;

function dayOfOrdinal(ordinal: number): Day {
  if (!(ordinal >= 0 && ordinal < remembered)) return epoch.add({ days: ordinal }).toString();
  days[ordinal] ??= epoch.add({ days: ordinal }).toString();
  return days[ordinal];
}

/** The day that many days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return count === 0 ? day : dayOfOrdinal(ordinal(day) + count);
}

/** How many days `to` lies after `from`; negative when before. */
export function daysBetween(from: Day, to: Day): number {
  return ordinal(to) - ordinal(from);
}

export function laterOf(a: Day, b: Day): Day {
  return a > b ? a : b;
}

export function earlierOf(a: Day, b: Day): Day {
  return a < b ? a : b;
}

/** The last day of the day's month. */
export function lastDayOfMonth(day: Day): Day {
  const last = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate();
  return `${day.slice(0, 8)}${last}`;
}

/** 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekdayOf(day: Day): number {
  return ((((ordinal(day) + 3) % 7) + 7) % 7) + 1;
}

/** The day it is at that instant in that time zone (IANA name). */
export function dayAt(instant: Temporal.Instant, timeZone: string): Day {
  return instant.toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
