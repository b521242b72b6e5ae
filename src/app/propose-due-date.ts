// The due date of an invoice by what was agreed: what its form proposes, what it gets where it comes without one.
import type { Day } from '../core/day.ts';
import { done, failed, type Result } from '../core/fault.ts';
import { dueOn, mayExceedLaw } from '../core/payment-terms.ts';
import { standingCustomer } from '../db/customer.ts';
import { type HoldingTerms, termsOf } from '../db/payment-terms.ts';
import { type TermsGiven, type TermsShown, termsGiven, termsShown } from './agreed-with.ts';
import { type Acting, type CompanyWork, type Context, forCompany } from './context.ts';

export interface DueByTerms extends HoldingTerms {
  dueOn: Day;
}

export interface ProposedDueDate extends DueByTerms {
  terms: TermsShown;
}

/** Null: neither the customer nor the company has terms. Fault: 'not-found' (the customer). */
export function proposeDueDate(
  context: Context,
  acting: Acting,
  { customerId, issuedOn }: { customerId: string; issuedOn: Day },
): Promise<Result<ProposedDueDate | null>> {
  return forCompany(context, acting, async (work) => {
    const { tx, company } = work;
    // The invoice will be the other one's, where this one was merged into it.
    const standing = await standingCustomer(tx, company.id, customerId);
    if (standing === null) return failed('not-found', { what: 'customer', id: customerId });
    const due = await dueByTerms(work, standing, issuedOn);
    return done(due && { ...due, terms: termsShown(due.terms, company) });
  });
}

/** The same within a transaction that does more. */
export async function dueByTerms(
  { tx, company }: Pick<CompanyWork, 'tx' | 'company'>,
  customerId: string,
  issuedOn: Day,
): Promise<DueByTerms | null> {
  const holding = await termsOf(tx, company, customerId);
  return holding === null ? null : { ...holding, dueOn: dueOn(issuedOn, holding.terms) };
}

export interface UnderstoodTerms {
  terms: TermsShown;
  /** Of an invoice of today: an example that shows how they are meant. */
  issuedOn: Day;
  dueOn: Day;
  /** The company is French, and two businesses may not agree on as much (C. com. art. L441-10 I). */
  mayExceedLaw: boolean;
}

/** How payment terms are understood; nothing is written. Fault: 'terms-unknown'. */
export function understandTerms(context: Context, acting: Acting, given: TermsGiven): Promise<Result<UnderstoodTerms>> {
  return forCompany(context, acting, async ({ company, today }) => {
    const read = termsGiven(given);
    if (!read.ok) return read;
    const terms = read.value;
    return done({
      terms: termsShown(terms, company),
      issuedOn: today,
      dueOn: dueOn(today, terms),
      mayExceedLaw: company.country === 'FR' && mayExceedLaw(terms),
    });
  });
}
