// Promises to pay on the wire: on which day a customer said that it pays, how much of what, and what came of it.
import { z } from 'zod';
import { currency, day, id, minor, money, pageQuery, text } from './common.ts';

export const promiseRow = z.object({
  id,
  customerId: id,
  customerName: z.string(),
  invoiceId: id.nullable().describe('null: all that the customer owed when it was made.'),
  invoiceNumber: z.string().nullable(),
  invoices: z.int().describe('How many invoices it is about.'),
  promisedOn: day.describe('The last day on which the money comes in time; of a plan, that of its last instalment.'),
  amount: money.nullable().describe('null: all of what it is about.'),
  instalments: z
    .array(z.object({ dueOn: day, minor: z.int(), paidMinor: z.int().describe('Received by its day, or so far.') }))
    .describe('Of a payment plan, the earliest first; empty: paid in one go.'),
  nextOn: day.describe('The next day on which money is expected.'),
  open: z.array(money).describe('What is open now of what it is about, each currency apart.'),
  said: z.string().describe('How it was said, and by whom.'),
  madeOn: day,
  state: z
    .enum(['running', 'kept', 'broken', 'replaced', 'withdrawn'])
    .describe('broken: found by the run of the day after the promised one.'),
  endedOn: day.nullable(),
  reason: z.string().nullable().describe('Why it was withdrawn.'),
});

export const promisesQuery = pageQuery.extend({
  which: z
    .enum(['today', 'overdue', 'all'])
    .default('all')
    .describe('overdue: its day is past, it is unpaid, and nobody has dealt with it yet.'),
  customerId: id.optional(),
  invoiceId: id.optional(),
});

export const newPromise = z.object({
  customerId: id,
  invoiceId: id.optional().describe('Left out: all that the customer owes today.'),
  promisedOn: day.optional().describe('Not of a plan: the day of its last instalment is.'),
  amount: z
    .object({ currency, minor: minor.positive() })
    .optional()
    .describe('Left out: all of it. Otherwise it is about the invoices of this currency.'),
  plan: z
    .object({
      currency,
      instalments: z
        .array(z.object({ dueOn: day, minor: minor.positive() }))
        .min(2)
        .max(60),
    })
    .optional()
    .describe(
      'A payment plan: so much on so many days, each its own. It runs as long as what came in covers what was due by then, and holds ' +
        'reminders back; the day after one that is not covered it is broken.',
    ),
  said: text(500).default(''),
});
export const withdrawal = z.object({ reason: text(500).min(1) });
export const promiseParams = z.object({ companyId: id, promiseId: id });

export type PromiseRow = z.infer<typeof promiseRow>;
