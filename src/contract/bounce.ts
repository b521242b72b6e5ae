// Messages that were not delivered, on the wire: reports handed in, what a person saw, addresses that nothing is sent to.
import { z } from 'zod';
import { day, email, id, text } from './common.ts';

/** What a server or a person said of one address of a message. */
export const bounce = z.object({
  address: z.string().describe('In lower case.'),
  kind: z
    .enum(['failed', 'delayed', 'unclear'])
    .describe(
      'delayed: the server still tries, nothing changes; unclear: of an address that the message was passed on to, or of one of the ' +
        'times it was handed over.',
    ),
  source: z.enum(['server', 'report', 'person']).describe('server: said while the message was handed over.'),
  reason: z.string().describe('In the words of whoever said it.'),
  notedOn: day,
});

export const reportTaken = z.object({
  reminderId: id,
  customerId: id,
  customerName: z.string(),
  outcome: z
    .enum(['undelivered', 'partly', 'noted', 'unclear', 'delayed', 'delivered', 'known'])
    .describe(
      'undelivered: nobody has the message, and it waits for a person; partly: other addresses have it; noted: it is being sent again ' +
        'already; unclear: whether the customer has it is not known, and a person is asked; delayed: the server still tries; delivered: it says that the message arrived; known: all of it was said before. The ' +
        'last three change nothing.',
    ),
  addresses: z.array(z.string()).describe('Those of the outcome: of the message, or those that it was passed on to.'),
  others: z.array(z.string()).describe('Those that took it.'),
  blocked: z.array(z.string()).describe('Those that nothing is sent to any more.'),
});

export const reportingUndelivered = z.object({
  addresses: z.array(email).min(1).max(40).optional().describe('Left out: all addresses of the message.'),
  reason: text(300).min(1).describe('What the mailbox says: address unknown, mailbox full …'),
  blocks: z.boolean().default(true).describe('Nothing is sent to them any more.'),
});
export const undeliveredReported = reportTaken.pick({ others: true, blocked: true }).extend({
  undelivered: z.boolean().describe('Nobody has it.'),
  waits: z
    .boolean()
    .describe('It holds back the next steps until a person decides; not where something has left since.'),
});

export const unblocking = z.object({ address: email });
export const unblocked = z.object({ address: z.string(), customers: z.int().describe('Who has it.') });

export type ReportTaken = z.infer<typeof reportTaken>;
export type UndeliveredReported = z.infer<typeof undeliveredReported>;
