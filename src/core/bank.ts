// What came in is known up to a day: that of the last import of payments, or the one on which a person said that nothing is missing. A
// reminder that leaves long after it may ask for what was paid.
import { type SendingCalendar, sendingDaysSince } from './calendar.ts';
import type { Day } from './day.ts';
import type { CompanyFacts } from './facts.ts';

/** Whether payments were last looked at more sending days ago than the company allows; never looked at is too long ago. */
export function isBankStale({ bank, calendar }: Pick<CompanyFacts, 'bank' | 'calendar'>, today: Day): boolean {
  if (bank === null) return false;
  return bank.knownOn === null || sendingDaysSinceThen(calendar, bank.knownOn, today) > bank.limitDays;
}

function sendingDaysSinceThen(calendar: SendingCalendar, knownOn: Day, today: Day): number {
  return knownOn >= today ? 0 : sendingDaysSince(calendar, knownOn, today);
}
