// Operations over many customers on the wire: how far one is, and what came of each customer.
import { z } from 'zod';
import { id, pageQuery, reason } from './common.ts';

export const remindingMany = z.object({
  invoiceIds: z.array(id).min(1).max(20_000),
  level: z.int().min(0).max(99).optional().describe('Left out: the next of each invoice.'),
});
export const begun = z.object({ operationId: id });
export const operation = z.object({
  id,
  level: z.int().nullable(),
  state: z.enum(['running', 'finished']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  byUser: z.string(),
  total: z.int().describe('Customers.'),
  done: z.int().describe('Customers whose turn has come.'),
  messages: z.int().describe('Prepared; they wait to be approved.'),
  refused: z.int().describe('Invoices that were left out.'),
  failed: z.int().describe('Customers for whom something went wrong that nothing foresaw.'),
});
export const operationParams = z.object({ companyId: id, operationId: id });
export const partsQuery = pageQuery.extend({
  leftOut: z.stringbool().default(false).describe('Only customers with an invoice that was left out.'),
});
export const operationPart = z.object({
  customerId: id,
  customerName: z.string(),
  customerNumber: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  reminderIds: z.array(id),
  invoices: z.array(
    z.object({ id, number: z.string(), reason: reason.nullable().describe('Why it was left out; null: it was not.') }),
  ),
});

export type Operation = z.infer<typeof operation>;
export type OperationPart = z.infer<typeof operationPart>;
