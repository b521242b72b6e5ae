// The last look at messages of thanks that have not left: what was taken back since, or would be out of place by now, is taken out of
// them, and they go to whom the last reminder would go now.
import { because, type Reason } from '../core/reason.ts';
import { isLimited } from '../core/sending-limits.ts';
import { thanksTemplate } from '../core/template-key.ts';
import { sameAddresses, thankedAddressees, whyNoThanks } from '../core/thanks.ts';
import { wakeCustomers } from '../db/dunning-case.ts';
import { type NewEvent, recordEvents } from '../db/event.ts';
import { languageOfTemplate, readCompany, readCustomers } from '../db/facts.ts';
import {
  type ClosedThanks,
  closeThanked,
  readdressThanks,
  readPaidInvoices,
  type WaitingThanks,
  waitingThanks,
} from '../db/thanks.ts';
import type { CompanyWork } from './context.ts';

/** Lock these customers first. Answers how many messages were dropped. */
export async function closeStaleThanks(work: CompanyWork, customerIds: readonly string[]): Promise<number> {
  const { tx, company, today, scope } = work;
  const waiting = await waitingThanks(tx, company.id, customerIds);
  if (waiting.length === 0) return 0;
  const snapshot = await readCompany(tx, company, today);
  const customers = await readCustomers(tx, snapshot, [...new Set(waiting.map(({ customerId }) => customerId))]);
  const facts = new Map(customers.map((one) => [one.facts.id, one.facts]));
  const invoices = await readPaidInvoices(
    tx,
    company.id,
    snapshot.practice,
    waiting.flatMap(({ invoiceIds }) => invoiceIds),
  );
  const closed: (ClosedThanks & { customerId: string })[] = [];
  const readdressed: Parameters<typeof readdressThanks>[2][number][] = [];
  for (const message of waiting) {
    const customer = facts.get(message.customerId)!;
    const close = (invoiceId: string, reason: Reason): void => {
      const { reminderId, customerId } = message;
      closed.push({ reminderId, customerId, invoiceId, state: 'dropped', reason });
    };
    let whom: ReturnType<typeof thankedAddressees> = null;
    for (const invoice of invoices.filter(({ invoiceId }) => message.invoiceIds.includes(invoiceId))) {
      const why = company.thanks_payers
        ? whyNoThanks(snapshot.facts, customer, invoice, today)
        : because('thanks-not-wanted');
      const addressees = thankedAddressees(snapshot.facts, customer, invoice);
      if (why !== null) close(invoice.invoiceId, why);
      else if (message.recipientsChosen) continue;
      else if (addressees === null) close(invoice.invoiceId, because('no-address'));
      else if (whom !== null && !sameAddresses(whom, addressees))
        close(invoice.invoiceId, because('recipients-differ'));
      else whom ??= addressees;
    }
    if (whom !== null && !goesTo(message, whom))
      readdressed.push({
        reminderId: message.reminderId,
        recipients: { to: whom.to, cc: whom.cc },
        language: languageOfTemplate(snapshot, thanksTemplate, whom.language),
      });
  }
  await readdressThanks(tx, company.id, readdressed);
  const dropped = await closeThanked(tx, company.id, closed);
  await recordEvents(
    tx,
    scope,
    closed.map(({ customerId, invoiceId, reminderId, reason }): NewEvent => {
      return { type: 'reminder.dropped', customerId, invoiceId, reminderId, payload: { reason, thanks: true } };
    }),
  );
  // What waited behind it, within the company's limits, may leave sooner.
  if (dropped > 0 && isLimited(snapshot.facts.limits))
    await wakeCustomers(tx, company.id, [...new Set(closed.map(({ customerId }) => customerId))], today);
  return dropped;
}

const goesTo = ({ recipients }: WaitingThanks, whom: { to: string[]; cc: string[] }): boolean =>
  JSON.stringify([recipients.to, recipients.cc]) === JSON.stringify([whom.to, whom.cc]);
