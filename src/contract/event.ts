// History on the wire: what happened, coded, newest first.
import { z } from 'zod';
import { day, id, pageQuery } from './common.ts';

export const event = z.object({
  id,
  type: z.string(),
  customerId: id.nullable(),
  invoiceId: id.nullable(),
  reminderId: id.nullable(),
  actor: z.string().describe('A user’s identifier, key:… of an API key, system or cli.'),
  actorName: z.string().nullable(),
  practice: z.boolean(),
  day,
  at: z.string(),
  invoices: z.array(z.object({ id, number: z.string() })).describe('What it is about: its invoice, or its message’s.'),
  payload: z.record(z.string(), z.unknown()).nullable().describe('null where it was erased.'),
});
export const eventsQuery = pageQuery.extend({ customerId: id.optional(), invoiceId: id.optional() });

export type EventRow = z.infer<typeof event>;
