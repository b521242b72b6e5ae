// To whom messages that wait would leave is asked again when they leave (claim-reminders.ts). Where those to whom a customer's messages go
// are other people now, whoever reads them before that sees the new ones, in their language.
import { addresseesOf } from '../core/recipients.ts';
import { readRemindersToRender } from '../db/delivery.ts';
import { languageOfTemplate } from '../db/facts.ts';
import { readdressReminders, waitingToBeAddressed } from '../db/payer.ts';
import { closeStaleThanks } from './close-stale-thanks.ts';
import type { CompanyWork } from './context.ts';
import { readCustomersNow } from './plan-customers.ts';

/**
 * Lock them first. What a person chose stays chosen, and where nobody is left to write to, the message says so when it is to leave. Thanks
 * are readdressed by their own last look.
 */
export async function readdressWaiting(work: CompanyWork, customerIds: readonly string[]): Promise<void> {
  const { tx, company } = work;
  await closeStaleThanks(work, customerIds);
  const waiting = await waitingToBeAddressed(tx, company.id, customerIds);
  if (waiting.length === 0) return;
  const { snapshot, customers } = await readCustomersNow(work, customerIds);
  const reminders = await readRemindersToRender(tx, company.id, waiting);
  await readdressReminders(
    tx,
    company.id,
    reminders.flatMap((reminder) => {
      const customer = customers.get(reminder.customerId)!;
      const receivable = customer.receivables.find((one) => one.id === reminder.items[0]?.receivableId);
      if (receivable === undefined) return [];
      const addressees = addresseesOf(snapshot.facts, customer, receivable, reminder);
      if (addressees === null) return [];
      const { to, cc, language: wanted } = addressees;
      // A text that a person wrote is in the language in which they wrote it.
      const language =
        reminder.bodyEdited === null ? languageOfTemplate(snapshot, reminder.templateKey, wanted) : reminder.language;
      return [{ id: reminder.id, recipients: { to, cc }, language }];
    }),
  );
}
