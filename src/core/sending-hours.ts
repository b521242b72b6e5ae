// When what is ready may leave: on a sending day, between the hours of the company.
import { isSendingDay, type SendingCalendar, sendingDayFrom } from './calendar.ts';
import { addDays, type Day } from './day.ts';

/** Hours on the wall of the company, 'HH:MM:SS', both included. */
export interface SendingHours {
  from: string;
  until: string;
}

/** When sending begins again; `at` is null where no hours count (in practice nothing is sent). */
export interface Opening {
  on: Day;
  at: string | null;
}

/** null: what is ready leaves now. `hours` null: only the day counts. */
export function nextOpening(
  calendar: SendingCalendar,
  hours: SendingHours | null,
  today: Day,
  time: string,
): Opening | null {
  if (!isSendingDay(calendar, today)) return { on: sendingDayFrom(calendar, today), at: hours?.from ?? null };
  if (hours === null || (time >= hours.from && time <= hours.until)) return null;
  return { on: time < hours.from ? today : sendingDayFrom(calendar, addDays(today, 1)), at: hours.from };
}
