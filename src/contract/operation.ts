// Operations over many customers on the wire: how far one is, and what came of each customer.
import { z } from 'zod';
import { day, id, pageQuery, reason } from './common.ts';

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
  kind: z
    .enum(['remind', 'approve', 'pause', 'enrol'])
    .describe(
      'remind: messages are prepared; approve: those that wait are approved; pause: invoices or customers are paused; ' +
        'enrol: customers are put in a sequence, or in none.',
    ),
  level: z.int().nullable().describe('Of remind; null: the next of each invoice.'),
  reason: z.string().nullable().describe('Of pause.'),
  untilOn: day.nullable().describe('Of pause: its last day; null: until someone resumes.'),
  enrolment: z
    .enum(['chosen', 'none', 'default'])
    .nullable()
    .describe('Of enrol; null: the enrolment rules moved them.'),
  sequenceTitle: z.string().nullable().describe('Of enrol, where a sequence was chosen.'),
  state: z.enum(['running', 'finished', 'undoing', 'undone']),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  byUser: z.string(),
  counted: z.enum(['customers', 'invoices', 'messages']).describe('What total and done count.'),
  total: z.int(),
  done: z.int().describe('Those whose turn has come, to be dealt with or to be taken back.'),
  messages: z.int().describe('remind: prepared, they wait to be approved; approve: approved and not taken back.'),
  changed: z.int().describe('pause: paused, and not resumed by undoing; enrol: customers whose choice was changed.'),
  refused: z
    .int()
    .describe('Those that were left out: invoices or customers; approve: messages that were not approved.'),
  failed: z.int().describe('Customers for whom something went wrong that nothing foresaw.'),
  leavesAt: z.string().nullable().describe('approve: the instant before which nothing of it leaves.'),
  undoable: z
    .boolean()
    .describe('approve: what has not left can be taken back; pause: what still stands can be lifted.'),
});
export const operationParams = z.object({ companyId: id, operationId: id });
export const partsQuery = pageQuery.extend({
  leftOut: z.stringbool().default(false).describe('Only customers that were left out, or an invoice of theirs.'),
});
export const operationPart = z.object({
  customerId: id,
  customerName: z.string(),
  customerNumber: z.string(),
  state: z.enum(['waiting', 'done', 'failed', 'undone']),
  reminderIds: z.array(id),
  reason: reason.nullable().describe('Why the customer itself was left out; null: it was not.'),
  invoices: z.array(
    z.object({ id, number: z.string(), reason: reason.nullable().describe('Why it was left out; null: it was not.') }),
  ),
});

export type Operation = z.infer<typeof operation>;
export type OperationPart = z.infer<typeof operationPart>;
