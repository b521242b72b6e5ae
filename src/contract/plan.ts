// The plan on the wire: running the day, seeing a day before it comes, and why an invoice is where it is.
import { z } from 'zod';
import { channel, day, id, messageKind, money, reason } from './common.ts';

export const ran = z.object({
  ran: z.boolean(),
  customers: z.int(),
  toApprove: z.int(),
  ready: z.int(),
  thanks: z.int().describe('Of these messages, those that thank for a payment.'),
  tasks: z.int().describe('For people to do.'),
  skipped: z.int(),
  dropped: z.int(),
});

export const previewQuery = z.object({
  day: day.optional().describe('Today by default.'),
  goingLive: z
    .enum(['true', 'false'])
    .transform((said) => said === 'true')
    .optional()
    .describe('As if the practice company went live now: the real date, every open invoice met anew.'),
});

const plannedReminder = z.object({
  kind: messageKind,
  leavesOn: day,
  customerId: id,
  customerName: z.string(),
  invoiceIds: z.array(id),
  invoiceNumbers: z.array(z.string()),
  channel: channel.describe('task: a person does it; nothing leaves.'),
  level: z.int(),
  stepName: z.string(),
  needsApproval: z.boolean(),
  askedMinor: z.int(),
  askedOthers: z.array(money).describe('What it would ask for in other currencies.'),
  currency: z.string(),
  dueOn: day.describe('The day on which the step was due; of thanks, that of the payment.'),
  written: z.boolean().describe('A run wrote it already: it waits to be approved, to leave or to be done.'),
});

const heldInvoice = z.object({
  receivableId: id,
  invoiceId: id,
  invoiceNumber: z.string(),
  customerId: id,
  customerName: z.string(),
  reason,
  askedMinor: z.int(),
  currency: z.string(),
});

/** What would leave from today to that day. The first hundred of each, not written ones first, and how many there are. */
export const preview = z.object({
  from: day,
  day,
  reminders: z.array(plannedReminder),
  reminderCount: z.int(),
  unwrittenCount: z.int().describe('Those that the next run would write.'),
  outsideCount: z.int().describe('Overdue instalments that stay outside until somebody includes them.'),
  held: z.array(heldInvoice).describe('What something holds back, with its reason.'),
  heldCount: z.int(),
});

const verdict = z.enum(['send', 'wait', 'hold', 'outside', 'task', 'end']);

export const explanation = z.object({
  invoiceId: id,
  invoiceNumber: z.string(),
  customerId: id,
  today: day,
  placed: z
    .object({
      by: z.enum(['chosen', 'none', 'rule', 'default']),
      rule: z.string().nullable(),
      sequence: z.string().nullable().describe('null: no reminders, or it was deleted.'),
    })
    .describe('What the customer follows, and what put it there.'),
  receivables: z.array(
    z.object({
      receivableId: id,
      dueOn: day.nullable(),
      openMinor: z.int(),
      askedMinor: z.int(),
      currency: z.string(),
      entry: z.enum(['pending', 'entered', 'outside']),
      verdict: verdict.describe('What the plan decides today.'),
      reason,
      nextStep: z.object({ level: z.int(), name: z.string(), on: day.nullable() }).nullable(),
      taken: z.array(
        z.object({ level: z.int(), state: z.enum(['open', 'taken', 'skipped']), dueOn: day, leftOn: day.nullable() }),
      ),
    }),
  ),
});

export type Explanation = z.infer<typeof explanation>;
export type PlannedReminder = z.infer<typeof plannedReminder>;
export type HeldInvoice = z.infer<typeof heldInvoice>;
export type Preview = z.infer<typeof preview>;
