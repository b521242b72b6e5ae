// What came in is known: payments were imported, or a person says that every payment up to today is entered.
import { done, type Result } from '../core/fault.ts';
import { wakeHeldFor } from '../db/dunning-case.ts';
import { recordEvents } from '../db/event.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';

/** A person says so: what waited for the bank goes on. */
export function confirmPayments(context: Context, acting: Acting): Promise<Result<{ knownOn: string }>> {
  return forCompany(context, acting, async (work) => {
    await paymentsKnown(context, work);
    await recordEvents(work.tx, work.scope, [{ type: 'payment.confirmed', payload: { day: work.today } }]);
    return done({ knownOn: work.today });
  });
}

/** Within a transaction that makes it so. */
export async function paymentsKnown(context: Context, { tx, company, today }: CompanyWork): Promise<void> {
  await tx.updateTable('company').set({ payments_known_on: today }).where('id', '=', company.id).execute();
  if (company.bank_fresh_days === null) return;
  await wakeHeldFor(tx, company.id, 'bank-not-fresh', today);
  await context.jobs.deliver(tx, company.id);
}
