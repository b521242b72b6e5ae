// Payments and what they are given to, on the wire.
import { z } from 'zod';
import { paymentColumns } from '../words/lists.ts';
import { currency, day, id, listFile, minor, pageQuery, text } from './common.ts';

const target = z
  .object({
    invoiceId: id.optional(),
    receivableId: id.optional().describe('One instalment.'),
    amountMinor: minor.min(1).optional().describe('Left out: as much as is open.'),
  })
  .refine((one) => (one.invoiceId === undefined) !== (one.receivableId === undefined), {
    error: 'an invoice or one instalment',
  });
const targets = z.array(target).max(200);

export const newPayment = z.object({
  customerId: id,
  receivedOn: day,
  amountMinor: minor.min(1),
  currency: currency.optional(),
  number: text(60).optional(),
  source: text(60).optional(),
  reference: text(200).optional(),
  to: targets.optional().describe('What is left over stays a credit of the customer.'),
});
export const madePayment = z.object({ paymentId: id, unallocatedMinor: z.int() });

export const paymentRow = z.object({
  id,
  customerId: id,
  customerName: z.string(),
  number: z.string().nullable(),
  kind: z.enum(['payment', 'settlement']),
  receivedOn: day,
  currency: z.string(),
  amountMinor: z.int(),
  unallocatedMinor: z.int(),
  reference: z.string().nullable(),
  reason: z.string().nullable(),
  returnedOn: day.nullable(),
});
export type PaymentRow = z.infer<typeof paymentRow>;
const paymentFilter = z.object({
  customerId: id.optional(),
  invoiceId: id.optional(),
  since: day.optional().describe('Received on that day or later.'),
});
export const paymentsQuery = pageQuery.extend(paymentFilter.shape);
export const paymentsFile = listFile(paymentColumns).extend(paymentFilter.shape);
export const paymentParams = z.object({ companyId: id, paymentId: id });

export const allocation = z.object({
  paymentId: id.optional(),
  creditNoteId: id.optional(),
  to: targets.min(1),
});
export const allocated = z.object({ leftMinor: z.int() });
export const undoing = allocation.pick({ paymentId: true, creditNoteId: true });
export const undone = z.object({ undone: z.int() });
export const returning = z.object({ returnedOn: day.optional(), reason: text(500).optional() });
export const returned = z.object({ reopened: z.int() });
export const settled = z.object({ paymentIds: z.array(id) });
