// Payment terms on the wire: in their parts or as people write them; how they are understood, and the due date that they give.
import { z } from 'zod';
import { day, id, text } from './common.ts';

const parts = {
  days: z.int().min(0).max(365).describe('From the day of issue, or from the end of its month (before).'),
  endOfMonth: z
    .enum(['after', 'before'])
    .nullable()
    .default(null)
    .describe('after: the days, then the end of the month; before: the end of the month of issue, then the days.'),
  dayOfMonth: z.int().min(1).max(31).nullable().default(null).describe('Then the next such day of a month.'),
};

/** As people write them: the first form that fits a text of the command line. */
export const paymentTermsGiven = z
  .union([text(100).min(1), z.strictObject(parts)])
  .describe('As people write them ("30 jours fin de mois", "net 30"), or in their parts.');

export const paymentTerms = z.object({
  days: z.int(),
  endOfMonth: z.enum(['after', 'before']).nullable(),
  dayOfMonth: z.int().nullable(),
});

/** With their words, in the company's language. */
export const paymentTermsShown = paymentTerms.extend({
  text: z.string().describe('In words, in the company’s language.'),
});

export const understandingTerms = z.object({ terms: paymentTermsGiven });
export const understoodTerms = z.object({
  terms: paymentTermsShown,
  issuedOn: day.describe('Today, as an example.'),
  dueOn: day.describe('When an invoice of that day is due.'),
  mayExceedLaw: z
    .boolean()
    .describe('Two French businesses may not agree on as much: 60 days, or 45 days end of month (C. com. L441-10 I).'),
});

export const proposedDueQuery = z.object({ customerId: id, issuedOn: day });
export const proposedDue = z.object({
  proposed: z
    .object({
      dueOn: day,
      terms: paymentTermsShown,
      of: z.enum(['customer', 'company']).describe('Whose terms they are.'),
    })
    .nullable()
    .describe('null: neither the customer nor the company has terms.'),
});

export type UnderstoodTerms = z.infer<typeof understoodTerms>;
export type ProposedDue = z.infer<typeof proposedDue>;
