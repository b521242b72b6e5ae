// History on the wire: what happened, coded, newest first.
import { z } from 'zod';
import { historyColumns } from '../words/lists.ts';
import { day, id, listFile, pageQuery, text } from './common.ts';

export const event = z.object({
  id,
  type: z.string(),
  customerId: id.nullable(),
  invoiceId: id.nullable(),
  reminderId: id.nullable(),
  actor: z.string().describe('A user’s identifier, key:… of an API key, system or cli.'),
  actorName: z.string().nullable(),
  personName: z.string().nullable().describe('Of whom it tells: a member, or who is in charge of the customer.'),
  practice: z.boolean(),
  day,
  at: z.string(),
  invoices: z.array(z.object({ id, number: z.string() })).describe('What it is about: its invoice, or its message’s.'),
  payload: z.record(z.string(), z.unknown()).nullable().describe('null where it was erased.'),
});
const historyKind = z.enum(['messages', 'money', 'decisions', 'company']);
export const historyEvent = event.extend({
  kind: historyKind.describe('company: settings, people, keys, sequences, imports, runs.'),
  customerName: z.string().nullable(),
});
const historyFilter = z.object({
  from: day.optional().describe('A day of the company, included.'),
  until: day.optional().describe('A day of the company, included.'),
  kind: historyKind.optional(),
  actor: z.string().max(100).optional().describe('As in `actor` of an event.'),
  search: text(200)
    .optional()
    .describe('Part of a customer’s name or number, of an invoice number, or of what an event of no customer tells.'),
});
export const historyQuery = pageQuery.extend(historyFilter.shape);
export const historyFile = listFile(historyColumns).extend(historyFilter.shape);
export const historyPeople = z.object({
  rows: z.array(z.object({ actor: z.string(), name: z.string().nullable().describe('null: unknown by now.') })),
});

export const eventsQuery = pageQuery.extend({ customerId: id.optional(), invoiceId: id.optional() });

export type HistoryEvent = z.infer<typeof historyEvent>;
export type HistoryPeople = z.infer<typeof historyPeople>;
export type EventRow = z.infer<typeof event>;
