// Operations over many customers on the wire: how far one is, and what came of each customer.
import { z } from 'zod';
import { id, pageQuery, reason } from './common.ts';

export const remindingMany = z.object({
  invoiceIds: z.array(id).min(1).max(20_000),
  level: z.int().min(0).max(99).optional().describe('Left out: the next of each invoice.'),
});
export const begun = z.object({ operationId: id });
export const approvingMany = z.union([
  z.strictObject({ reminderIds: z.array(id).min(1).max(20_000) }),
  z
    .strictObject({ upTo: id, except: z.array(id).max(1000).default([]) })
    .describe('Everything that waits, up to the newest message that was shown, but for some.'),
]);
export const approvalBegun = begun.extend({ messages: z.int().describe('Chosen.') });
export const operation = z.object({
  id,
  kind: z.enum(['remind', 'approve']).describe('remind: messages are prepared; approve: those that wait are approved.'),
  level: z.int().nullable().describe('Of remind; null: the next of each invoice.'),
  state: z.enum(['running', 'finished', 'undoing', 'undone']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  byUser: z.string(),
  total: z.int().describe('remind: customers; approve: messages.'),
  done: z.int().describe('Those whose turn has come, to be approved or to be taken back.'),
  messages: z.int().describe('remind: prepared, they wait to be approved; approve: approved and not taken back.'),
  refused: z.int().describe('remind: invoices that were left out; approve: messages that were not approved.'),
  failed: z.int().describe('Customers for whom something went wrong that nothing foresaw.'),
  leavesAt: z.string().nullable().describe('approve: the instant before which nothing of it leaves.'),
  undoable: z.boolean().describe('approve: what has not left can be taken back.'),
});
export const operationParams = z.object({ companyId: id, operationId: id });
export const partsQuery = pageQuery.extend({
  leftOut: z.stringbool().default(false).describe('Only customers with an invoice that was left out.'),
});
export const operationPart = z.object({
  customerId: id,
  customerName: z.string(),
  customerNumber: z.string(),
  state: z.enum(['waiting', 'done', 'failed', 'undone']),
  reminderIds: z.array(id),
  invoices: z.array(
    z.object({ id, number: z.string(), reason: reason.nullable().describe('Why it was left out; null: it was not.') }),
  ),
});

export type Operation = z.infer<typeof operation>;
export type OperationPart = z.infer<typeof operationPart>;
