// What is agreed with a customer, as it is given and as it is kept: its payment terms, its salesperson, whether it may be written to.
import { done, failed, type Result } from '../core/fault.ts';
import type { PaymentTerms } from '../core/payment-terms.ts';
import { readTerms, termsInWords } from '../core/payment-terms-words.ts';
import type { Row } from '../db/tables.ts';

/** As people write them, "30 jours fin de mois", or in their parts. */
export type TermsGiven = string | PaymentTerms;

export interface AgreedInput {
  /** null: the company's. */
  paymentTerms?: TermsGiven | null | undefined;
  /** '' as null: none. */
  salespersonName?: string | null | undefined;
  salespersonEmail?: string | null | undefined;
  /** By which nothing is sent to it. */
  forbiddenChannels?: 'email'[] | undefined;
}

interface AgreedColumns {
  payment_terms?: string | null;
  salesperson_name?: string | null;
  salesperson_email?: string | null;
  forbidden_channels?: 'email'[];
}

/** Only what is given. Faults: those of termsGiven. */
export function agreedColumns(input: AgreedInput): Result<AgreedColumns> {
  const { paymentTerms, salespersonName, salespersonEmail, forbiddenChannels } = input;
  const terms = paymentTerms === undefined ? done(undefined) : termsColumn(paymentTerms);
  if (!terms.ok) return terms;
  return done({
    ...(terms.value === undefined ? {} : { payment_terms: terms.value }),
    ...(salespersonName === undefined ? {} : { salesperson_name: salespersonName?.trim() || null }),
    ...(salespersonEmail === undefined ? {} : { salesperson_email: salespersonEmail?.trim().toLowerCase() || null }),
    ...(forbiddenChannels === undefined ? {} : { forbidden_channels: [...new Set(forbiddenChannels)] }),
  });
}

/** As its column takes them. Faults: those of termsGiven. */
export function termsColumn(given: TermsGiven | null): Result<string | null> {
  if (given === null) return done(null);
  const terms = termsGiven(given);
  return terms.ok ? done(JSON.stringify(terms.value)) : terms;
}

/** Fault: 'terms-unknown', for words that are not understood: they are never guessed. */
export function termsGiven(given: TermsGiven): Result<PaymentTerms> {
  const terms = typeof given === 'string' ? readTerms(given) : given;
  if (terms === null) return failed('terms-unknown', { value: String(given) });
  const { days, endOfMonth, dayOfMonth } = terms;
  // No days after the end of the month are the end of the month.
  return done({ days, endOfMonth: days === 0 && endOfMonth === 'before' ? 'after' : endOfMonth, dayOfMonth });
}

/** With their words, in the language of the company: that of all its screens. */
export interface TermsShown extends PaymentTerms {
  text: string;
}

export const termsShown = (terms: PaymentTerms, { language }: Pick<Row<'company'>, 'language'>): TermsShown => ({
  ...terms,
  text: termsInWords(terms, language),
});
