// What is noted about a customer, and perhaps about one of its invoices: both must be there, and belong together.
import { failed } from '../core/fault.ts';
import { standingCustomer } from '../db/customer.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import type { CompanyWork } from './context.ts';

/**
 * Locks a customer for what comes in for it: itself, or the one that it was merged into, also while the lock was waited for. Answers which;
 * null: it is not there.
 */
export async function lockStanding({ tx, company }: CompanyWork, customerId: string): Promise<string | null> {
  const standing = await standingCustomer(tx, company.id, customerId);
  if (standing === null) return null;
  await lockCustomers(tx, company.id, [standing]);
  const since = (await standingCustomer(tx, company.id, standing))!;
  if (since !== standing) await lockCustomers(tx, company.id, [since]);
  return since;
}

/** 'not-found' for the customer or the invoice, 'customer-merged'; null: both are known. */
export async function whatIsUnknown(
  { tx, company }: CompanyWork,
  customerId: string,
  invoiceId: string | null,
): Promise<ReturnType<typeof failed> | null> {
  const customer = await tx
    .selectFrom('customer')
    .select(['name', 'merged_into_id'])
    .where('company_id', '=', company.id)
    .where('id', '=', customerId)
    .executeTakeFirst();
  if (customer === undefined) return failed('not-found', { what: 'customer', id: customerId });
  if (customer.merged_into_id !== null) return failed('customer-merged', { name: customer.name });
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
