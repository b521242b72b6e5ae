// Charges on the wire: interest, the fixed indemnity, agreed fees; and the rates they rest on.
import { z } from 'zod';
import { day, id, text } from './common.ts';

const halfYear = z
  .string()
  .regex(/^(19|20)\d\d-H[12]$/)
  .describe('2026-H2: the half-year that begins on 1 July 2026.');
const rate = z.int().min(0).max(10_000).describe('Hundredths of a percent a year: 12.15 % is 1215.');

const charge = z.object({
  id,
  kind: z.enum(['interest', 'indemnity', 'fee']),
  invoiceId: id,
  invoiceNumber: z.string(),
  reminderId: id.nullable().describe('The message that claimed it.'),
  level: z.int().nullable(),
  currency: z.string(),
  amountMinor: z.int(),
  openMinor: z.int().describe('What is not paid of it.'),
  upToOn: day.nullable().describe('Of interest: the last day that counts.'),
  claimedOn: day,
  waived: z.object({ on: day, by: z.string(), reason: z.string() }).nullable(),
});

export const invoiceCharges = z.object({
  currency: z.string(),
  toConsumer: z.boolean().describe('Interest at the legal rate only; no indemnity and no fee.'),
  accrued: z
    .object({
      minor: z.int().nullable().describe('null: the rate of a half-year is not known, or not confirmed.'),
      missing: z.array(halfYear),
      parts: z.array(z.object({ fromOn: day, toOn: day, baseMinor: z.int(), rate })),
      fromOn: day.nullable().describe('The first day that bears interest; null: none does.'),
    })
    .describe('Interest up to today, or to the day on which the invoice was paid, whatever was claimed of it.'),
  indemnityMinor: z.int().nullable().describe('The fixed indemnity that the law adds; null: none.'),
  charges: z.array(charge).describe('What was claimed, the latest first.'),
});

export const waiver = z.object({ reason: text(500).min(1) });
export const chargeParams = z.object({ companyId: id, chargeId: id });

const rateKind = z
  .enum(['late_payment', 'public', 'legal'])
  .describe(
    'late_payment: between businesses, where none is agreed. public: of public bodies. legal: the legal rate, which a consumer owes.',
  );
export const rates = z.object({
  half: halfYear.describe('The one of today.'),
  floor: z.int().nullable().describe('An agreed rate is not below it: three times the legal rate; null: not known.'),
  rates: z.array(
    z.object({
      kind: rateKind,
      half: halfYear,
      rate,
      confirmed: z.boolean().describe('false: to check; no message uses it until a person confirms it.'),
      source: z.string(),
      confirmedOn: day.nullable().describe('When a person said or confirmed it.'),
      published: rate.nullable().describe('What Relance came with; null: nothing.'),
    }),
  ),
});
export const rateParams = z.object({ companyId: id, kind: rateKind, half: halfYear });
export const rateSaid = z.object({ rate, source: text(300).optional() });
export const savedRate = z.object({ half: halfYear });

export type InvoiceCharges = z.infer<typeof invoiceCharges>;
export type Charge = z.infer<typeof charge>;
export type Rates = z.infer<typeof rates>;
