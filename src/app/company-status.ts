// The company's figures, as of its today, and when what is ready leaves.
import { type SendingCalendar, sendingDayBefore, waitingTooLongFrom } from '../core/calendar.ts';
import type { Day } from '../core/day.ts';
import { nextOpening } from '../core/sending-hours.ts';
import { type DayFigures, dayFigures } from '../db/day-figures.ts';
import { reminderBacklog } from '../db/delivery.ts';
import { heldFor } from '../db/dunning-case.ts';
import { bankOf, readCalendar } from '../db/facts.ts';
import { type CompanyFigures, companyFigures } from '../db/lists.ts';
import type { Row } from '../db/tables.ts';
import { leavableToday } from './claim-reminders.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';

/** When what is ready leaves; all null: at once. */
export interface Leaving {
  on: Day | null;
  /** 'HH:MM' on the company's wall. */
  at: string | null;
  inMinutes: number | null;
  heldBecause: 'mail-server-missing' | null;
}

export interface CompanyStatus extends CompanyFigures, Omit<DayFigures, 'leaving'> {
  today: Day;
  company: Row<'company'>;
  leaving: DayFigures['leaving'] & Leaving;
  bank: BankStatus | null;
  /** Instalments that wait for the rate of a half-year to be confirmed. */
  waitingForRate: number;
}

/** Up to when payments are known, and what waits until they are known again. */
export interface BankStatus {
  knownOn: Day | null;
  stale: boolean;
  waiting: { receivables: number; messages: number };
}

export function companyStatus(context: Context, acting: Acting): Promise<CompanyStatus> {
  return forCompany(context, acting, async (work) => {
    const { tx, company, today } = work;
    const calendar = await readCalendar(tx, company);
    const figures = await dayFigures(tx, company.id, {
      today,
      since: sendingDayBefore(calendar, today),
      tooLongFrom: waitingTooLongFrom(calendar, today, company.approval_wait_days),
    });
    return {
      ...(await companyFigures(tx, company.id, today)),
      ...figures,
      leaving: { ...figures.leaving, ...(await whenItLeaves(context, work, calendar)) },
      bank: await bankStatus(work),
      waitingForRate: company.interest_from_level === null ? 0 : await heldFor(tx, company.id, 'rate-not-known'),
      today,
      company,
    };
  });
}

async function bankStatus({ tx, company, today }: CompanyWork): Promise<BankStatus | null> {
  const bank = bankOf(company);
  if (bank === null) return null;
  const leavable = await leavableToday({ tx, company, today });
  const stale = leavable.belowLevel !== null;
  const messages = stale
    ? (await reminderBacklog(tx, company.id, today)) - (await reminderBacklog(tx, company.id, today, leavable))
    : 0;
  return {
    knownOn: bank.knownOn,
    stale,
    waiting: { receivables: await heldFor(tx, company.id, 'bank-not-fresh'), messages },
  };
}

async function whenItLeaves(
  context: Context,
  { tx, company, today }: CompanyWork,
  calendar: SendingCalendar,
): Promise<Leaving> {
  const live = company.mode === 'live';
  const now = context.now().toZonedDateTimeISO(company.time_zone);
  const hours = live ? { from: company.sending_from, until: company.sending_until } : null;
  const opening = nextOpening(calendar, hours, today, now.toPlainTime().toString({ smallestUnit: 'second' }));
  const server = live
    ? await tx.selectFrom('mail_server').select('host').where('company_id', '=', company.id).executeTakeFirst()
    : null;
  const heldBecause =
    live && (server === undefined || company.sender_email === null) ? ('mail-server-missing' as const) : null;
  if (opening === null) return { on: null, at: null, inMinutes: null, heldBecause };
  if (opening.at === null) return { on: opening.on, at: null, inMinutes: null, heldBecause };
  const begins = Temporal.PlainDate.from(opening.on).toZonedDateTime({
    timeZone: company.time_zone,
    plainTime: opening.at,
  });
  const inMinutes = Math.ceil(now.until(begins).total('minutes'));
  return { on: opening.on, at: opening.at.slice(0, 5), inMinutes, heldBecause };
}
