// What is noted about a customer, and perhaps about one of its invoices: both must be there, and belong together.
import { done, failed, type Result } from '../core/fault.ts';
import { standingCustomer } from '../db/customer.ts';
import { lockCustomers } from '../db/dunning-case.ts';
import type { Row } from '../db/tables.ts';
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

/**
 * Locks the customers of these invoices: whoever changes one reads it under the lock. Faults: 'not-found', 'conflict' (one was merged while
 * the lock was waited for: it is another customer's now).
 */
export async function lockInvoices(
  { tx, company }: CompanyWork,
  invoiceIds: readonly string[],
): Promise<Result<Row<'invoice'>[]>> {
  const read = () =>
    tx
      .selectFrom('invoice')
      .selectAll()
      .where('company_id', '=', company.id)
      .where('id', 'in', [...invoiceIds])
      .execute();
  const first = invoiceIds.length === 0 ? [] : await read();
  const missing = invoiceIds.find((id) => !first.some((one) => one.id === id));
  if (missing !== undefined) return failed('not-found', { what: 'invoice', id: missing });
  if (first.length === 0) return done([]);
  const customerIds = [...new Set(first.map((one) => one.customer_id))];
  await lockCustomers(tx, company.id, customerIds);
  const invoices = await read();
  return invoices.some((one) => !customerIds.includes(one.customer_id))
    ? failed('conflict', { what: 'customer' })
    : done(invoices);
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
