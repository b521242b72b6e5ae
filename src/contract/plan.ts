// The plan on the wire: running the day, seeing a day before it comes, and why an invoice is where it is.
import { z } from 'zod';
import { day, id, reason } from './common.ts';

export const ran = z.object({
  customers: z.int(),
  toApprove: z.int(),
  ready: z.int(),
  skipped: z.int(),
  dropped: z.int(),
});

export const previewQuery = z.object({ day: day.optional().describe('Today by default.') });

export const plannedLine = z.object({
  customerId: id,
  customerName: z.string(),
  invoiceId: id,
  invoiceNumber: z.string(),
  dueOn: day.nullable(),
  currency: z.string(),
  askedMinor: z.int(),
  level: z.int().nullable(),
  stepName: z.string().nullable(),
  needsApproval: z.boolean(),
  reason,
});

export const preview = z.object({
  day,
  leaving: z.array(plannedLine).describe('What a run on that day would write.'),
  held: z.array(plannedLine).describe('What something holds back, with its reason.'),
  counts: z.record(z.string(), z.int()),
});

export type PlannedLine = z.infer<typeof plannedLine>;
export type Preview = z.infer<typeof preview>;
