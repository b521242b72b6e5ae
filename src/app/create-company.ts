// A new company: born in practice, with its ready-made sequence and messages.

import { dayAt } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { isCurrency } from '../core/money.ts';
import { inCompany } from '../db/connection.ts';
import { recordEvents } from '../db/event.ts';
import { newId } from '../db/id.ts';
import type { Context } from './context.ts';
import { addReadyMade } from './ready-made.ts';

export interface NewCompany {
  name: string;
  /** ISO 3166-1, 'FR'. */
  country: string;
  /** IANA, 'Europe/Paris'. */
  timeZone: string;
  language: 'fr' | 'en';
  /** ISO 4217; by default that of the country where it is known to us, else EUR. */
  currency?: string | undefined;
  sample?: boolean;
  actor: string;
}

const currencies: Record<string, string> = {
  GB: 'GBP',
  US: 'USD',
  CH: 'CHF',
  CA: 'CAD',
  AU: 'AUD',
  JP: 'JPY',
  PL: 'PLN',
  SE: 'SEK',
  DK: 'DKK',
  NO: 'NOK',
};

export async function createCompany(
  context: Context,
  input: NewCompany,
): Promise<Result<{ companyId: string; sequenceId: string }>> {
  const name = input.name.trim();
  if (name === '') return failed('invalid-input', { field: 'name', detail: 'empty' });
  const currency = input.currency ?? currencies[input.country] ?? 'EUR';
  if (!isCurrency(currency)) return failed('invalid-input', { field: 'currency', value: currency });
  if (!isTimeZone(input.timeZone)) return failed('invalid-input', { field: 'timeZone', value: input.timeZone });
  const { country, timeZone, language } = input;
  const companyId = newId();
  const today = dayAt(context.now(), timeZone);
  const sequenceId = await inCompany(context.db, companyId, async (tx) => {
    const company = {
      id: companyId,
      name,
      country,
      time_zone: timeZone,
      language,
      currency,
      sample: input.sample ?? false,
    };
    await tx.insertInto('company').values(company).execute();
    const id = await addReadyMade(tx, companyId, language, today);
    await tx.updateTable('company').set({ default_sequence_id: id }).where('id', '=', companyId).execute();
    const scope = { companyId, actor: input.actor, practice: true, day: today };
    await recordEvents(tx, scope, [
      { type: 'company.created', payload: { name, country, timeZone, language, currency } },
    ]);
    return id;
  });
  return done({ companyId, sequenceId });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
