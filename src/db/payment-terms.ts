// Whose payment terms hold for a customer: its own, else the company's.
import type { Kysely } from 'kysely';
import type { PaymentTerms } from '../core/payment-terms.ts';
import type { Row, Tables } from './tables.ts';

export interface HoldingTerms {
  terms: PaymentTerms;
  /** Whose they are. */
  of: 'customer' | 'company';
}

/** Null: neither has any, or the customer is not there. */
export async function termsOf(
  tx: Kysely<Tables>,
  company: Pick<Row<'company'>, 'id' | 'payment_terms'>,
  customerId: string,
): Promise<HoldingTerms | null> {
  const customer = await tx
    .selectFrom('customer')
    .select('payment_terms')
    .where('company_id', '=', company.id)
    .where('id', '=', customerId)
    .executeTakeFirst();
  if (customer === undefined) return null;
  if (customer.payment_terms !== null) return { terms: customer.payment_terms, of: 'customer' };
  return company.payment_terms === null ? null : { terms: company.payment_terms, of: 'company' };
}
