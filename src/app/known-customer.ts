// What is noted about a customer, and perhaps about one of its invoices: both must be there, and belong together.
import { failed } from '../core/fault.ts';
import type { CompanyWork } from './context.ts';

/** 'not-found' for the customer or the invoice; null: both are known. */
export async function whatIsUnknown(
  { tx, company }: CompanyWork,
  customerId: string,
  invoiceId: string | null,
): Promise<ReturnType<typeof failed> | null> {
  const customer = await tx
    .selectFrom('customer')
    .select('id')
    .where('company_id', '=', company.id)
    .where('id', '=', customerId)
    .executeTakeFirst();
  if (customer === undefined) return failed('not-found', { what: 'customer', id: customerId });
  if (invoiceId === null) return null;
  const invoice = await tx
    .selectFrom('invoice')
    .select('id')
    .where('company_id', '=', company.id)
    .where('customer_id', '=', customerId)
    .where('id', '=', invoiceId)
    .executeTakeFirst();
  return invoice === undefined ? failed('not-found', { what: 'invoice', id: invoiceId }) : null;
}
