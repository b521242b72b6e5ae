// Invoices, their instalments and credit notes on the wire.
import { z } from 'zod';
import { invoiceColumns } from '../words/lists.ts';
import { currency, day, email, id, listFile, minor, money, pageQuery, reason, text } from './common.ts';

const invoiceType = z.enum(['standard', 'deposit', 'progress', 'final', 'subscription', 'credit_note']);
const invoiceStatus = z.enum(['draft', 'to_process', 'quote', 'issued', 'written_off', 'cancelled']);
const recipients = z.object({ to: z.array(email).min(1).max(20), cc: z.array(email).max(20) });

export const newInvoice = z.object({
  customerId: id,
  number: text(60).min(1),
  source: text(60).optional().describe('The software or series, where numbers of several could be the same.'),
  type: invoiceType.optional(),
  status: invoiceStatus.optional(),
  issuedOn: day,
  currency: currency.optional(),
  totalMinor: minor.min(0),
  dueOn: day
    .nullable()
    .optional()
    .describe('null or left out: by the customer’s payment terms, else the company’s; where neither has any, none.'),
  instalments: z
    .array(z.object({ dueOn: day.nullable(), amountMinor: minor.min(0) }))
    .min(1)
    .max(120)
    .optional()
    .describe('Instead of dueOn; they add up to the total.'),
  directDebit: z.boolean().optional(),
  paymentMethod: text(60).nullable().optional(),
  recipients: recipients.nullable().optional().describe('Replace the customer’s contacts on this invoice.'),
});

export const invoiceChange = z
  .object({
    status: invoiceStatus,
    type: invoiceType.exclude(['credit_note']),
    dueOn: day.nullable(),
    instalments: z.array(z.object({ dueOn: day.nullable() })).max(120),
    directDebit: z.boolean(),
    debitReturnedOn: day.nullable(),
    paymentMethod: text(60).nullable(),
    recipients: recipients.nullable(),
  })
  .partial();

const caseState = z.enum(['pending', 'waiting', 'active', 'held', 'outside', 'ended']);

const instalment = z.object({
  receivableId: id,
  position: z.int(),
  dueOn: day.nullable(),
  amountMinor: z.int(),
  openMinor: z.int(),
  state: caseState.nullable(),
  reason: reason.nullable(),
  nextOn: day.nullable(),
});

export const invoiceRow = z.object({
  id,
  number: z.string(),
  source: z.string(),
  customerId: id,
  customerName: z.string(),
  customerNumber: z.string(),
  type: invoiceType,
  status: invoiceStatus,
  issuedOn: day,
  dueOn: day.nullable().describe('The earliest open instalment’s, else the last one’s.'),
  currency: z.string(),
  totalMinor: z.int(),
  openMinor: z.int(),
  unallocatedMinor: z.int().describe('What is left of a credit note.'),
  level: z.int().nullable().describe('The level reached; null: no reminder has left.'),
  disputed: z.boolean(),
  hasPdf: z.boolean(),
  missing: z
    .array(
      z.enum(['to-process', 'no-due-date', 'no-address', 'address-blocked', 'recipient-blocked', 'email-forbidden']),
    )
    .describe(
      'What keeps it from being reminded of, whatever its sequence says. address-blocked: each address of the customer was refused; ' +
        'recipient-blocked: each of its own recipients; email-forbidden: its step has no other channel.',
    ),
  dunning: z
    .object({
      state: caseState,
      reason: reason.nullable(),
      nextOn: day.nullable(),
      nextLevel: z.int().nullable(),
      nextStep: z.string().nullable(),
    })
    .nullable()
    .describe('Where its first open instalment stands.'),
});

export const invoice = invoiceRow.extend({
  paused: z.boolean().describe('A pause of its own is in force; not its customer’s or its sequence’s.'),
  directDebit: z.boolean(),
  debitReturnedOn: day.nullable(),
  paymentMethod: z.string().nullable(),
  recipients: z.object({ to: z.array(z.string()), cc: z.array(z.string()) }).nullable(),
  blockedRecipients: z
    .array(z.string())
    .describe('Of its own recipients those that nothing is sent to, in lower case.'),
  instalments: z.array(instalment),
});

const invoiceFilter = z.object({
  search: text(200).optional().describe('Part of the number or of the customer’s name.'),
  customerId: id.optional(),
  payerId: id.optional().describe('Those of that customer, and of whom it pays for.'),
  state: z
    .enum(['incomplete', 'open', 'overdue', 'not_due', 'held', 'disputed', 'outside', 'settled', 'all'])
    .default('all'),
});
const invoiceList = invoiceFilter.extend({
  order: z.enum(['newest', 'due']).default('newest').describe('due: the longest due first.'),
});
export const invoicesQuery = pageQuery.extend(invoiceList.shape);
export const invoicesFile = listFile(invoiceColumns).extend(invoiceList.shape);
export const invoicesSumQuery = invoiceFilter;
export const invoicesSum = z.object({ invoices: z.int(), open: z.array(money) });

export const levelsDue = z.object({
  rows: z.array(
    z.object({ level: z.int(), name: z.string(), customers: z.int(), invoices: z.int(), amounts: z.array(money) }),
  ),
});
export const customersDueQuery = pageQuery.extend({ level: z.coerce.number().int().min(0).max(99) });
export const customerDue = z.object({
  customerId: id,
  customerName: z.string(),
  customerNumber: z.string(),
  open: z.array(money),
  nextOn: day.nullable(),
  invoices: z.array(
    z.object({
      id,
      number: z.string(),
      issuedOn: day,
      dueOn: day.nullable(),
      currency: z.string(),
      totalMinor: z.int(),
      openMinor: z.int(),
      level: z.int().nullable(),
      remindedOn: day.nullable(),
      state: caseState,
      reason: reason.nullable(),
      nextOn: day.nullable(),
    }),
  ),
});

export const invoiceParams = z.object({ companyId: id, invoiceId: id });
export const madeInvoice = z.object({ invoiceId: id, receivableIds: z.array(id) });
export const dispute = z.object({ reason: text(2000).default('') });
export const level = z.object({
  invoiceIds: z.array(id).min(1).max(1000),
  level: z.int().min(0).max(99),
});
export const including = z.object({ invoiceIds: z.array(id).min(1).max(1000) });
export const settling = z.object({
  invoiceIds: z.array(id).min(1).max(1000),
  settledOn: day.optional(),
  reason: text(500).min(1),
});

export const changedInvoice = z.object({ invoiceId: id });
export const attached = z.object({ sha256: z.string() });
export const disputed = z.object({ disputeId: id });
export const levelSet = z.object({ changed: z.int() });
export const included = z.object({ included: z.int() });
export const restarted = z.object({ restarted: z.int() });
export const reminded = z.object({
  stepId: id,
  on: day.optional(),
  note: text(2000).default('').describe('How it was done: a call, a letter …'),
});
export const remindedBy = z.object({ reminderId: id });

export type LevelsDue = z.infer<typeof levelsDue>;
export type CustomerDue = z.infer<typeof customerDue>;
export type InvoicesSum = z.infer<typeof invoicesSum>;
export type Invoice = z.infer<typeof invoice>;
export type InvoiceRow = z.infer<typeof invoiceRow>;
