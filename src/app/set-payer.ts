// Who pays for a customer: another one, to whose contacts its messages go from then on, or nobody but itself.
import { done, failed, type Result } from '../core/fault.ts';
import { recordEvents } from '../db/event.ts';
import { customersPaidFor, forgetChosenRecipients } from '../db/payer.ts';
import { unclaim } from '../db/reminder.ts';
import type { Row } from '../db/tables.ts';
import type { CompanyWork } from './context.ts';

/**
 * Writes who pays for a customer; null: itself. Answers whether that is another one than before; customersChanged is left to the caller.
 * Lock the customer and its payer first. Faults: 'not-found', 'payer-is-itself', 'payer-has-payer', 'pays-for-others',
 * 'customer-merged'.
 */
export async function setPayer(
  work: CompanyWork,
  customerId: string,
  payerId: string | null,
): Promise<Result<{ changed: boolean }>> {
  const { tx, company } = work;
  if (payerId === customerId) return failed('payer-is-itself');
  const rows = await tx
    .selectFrom('customer')
    .selectAll()
    .where('company_id', '=', company.id)
    .where('id', 'in', payerId === null ? [customerId] : [customerId, payerId])
    .execute();
  const customer = rows.find(({ id }) => id === customerId);
  const payer = rows.find(({ id }) => id === payerId) ?? null;
  if (customer === undefined) return failed('not-found', { what: 'customer', id: customerId });
  if (payerId !== null && payer === null) return failed('not-found', { what: 'customer', id: payerId });
  if (customer.payer_id === payerId) return done({ changed: false });
  const wrong = payer === null ? null : await whyNotPayer(work, customer, payer);
  if (wrong !== null) return wrong;
  await tx
    .updateTable('customer')
    .set({ payer_id: payerId })
    .where('company_id', '=', company.id)
    .where('id', '=', customerId)
    .execute();
  await unclaim(tx, company.id, [customerId]);
  await forgetChosenRecipients(tx, company.id, [customerId]);
  await tell(work, customer, payer);
  return done({ changed: true });
}

/** A payer pays for itself: a chain would write to somebody whom nobody named for this customer. */
async function whyNotPayer(
  { tx, company }: CompanyWork,
  customer: Row<'customer'>,
  payer: Row<'customer'>,
): Promise<ReturnType<typeof failed> | null> {
  if (payer.merged_into_id !== null) return failed('customer-merged', { name: payer.name });
  if (payer.payer_id !== null) return failed('payer-has-payer', { name: payer.name });
  const { first, count } = await customersPaidFor(tx, company.id, customer.id, 1);
  return count === 0 ? null : failed('pays-for-others', { name: customer.name, other: first[0]!.name });
}

/** In the history of the customer, of its payer, and of the one who pays no more. */
async function tell(
  { tx, scope }: CompanyWork,
  { id, name, payer_id: formerId }: Row<'customer'>,
  payer: Row<'customer'> | null,
): Promise<void> {
  const about = { payerId: payer?.id ?? null, name: payer?.name ?? '' };
  await recordEvents(tx, scope, [
    { type: payer === null ? 'customer.pays-itself' : 'customer.paid-by', customerId: id, payload: about },
    ...(payer === null
      ? []
      : [{ type: 'customer.pays-for' as const, customerId: payer.id, payload: { customerId: id, name } }]),
    ...(formerId === null
      ? []
      : [{ type: 'customer.pays-no-more' as const, customerId: formerId, payload: { customerId: id, name } }]),
  ]);
}
