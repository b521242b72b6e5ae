// Reminders on the wire: those to approve, those that left, the message as it is or will be.
import { z } from 'zod';
import { messageColumns } from '../words/lists.ts';
import { bounce } from './bounce.ts';
import { channel, day, email, id, listFile, messageKind, money, pageQuery, reason, text } from './common.ts';

const reminderState = z
  .enum(['to_approve', 'ready', 'sending', 'sent', 'in_doubt', 'failed', 'dropped', 'refused', 'to_do', 'undelivered'])
  .describe(
    'to_do: a task that a person is to do; done, it is sent. undelivered: no address took it, or it came back; until a person sends it ' +
      'again or skips it, it holds back the next steps.',
  );

export const reminderRow = z.object({
  id,
  kind: messageKind,
  customerId: id,
  customerName: z.string(),
  customerNumber: z.string(),
  level: z.int(),
  stepName: z.string().nullable(),
  formalNotice: z.boolean(),
  channel,
  task: z
    .object({
      text: z.string(),
      note: z.string().nullable(),
      doneBy: z
        .object({ actor: z.string().describe('As in `actor` of an event.'), actorName: z.string().nullable() })
        .nullable(),
    })
    .nullable()
    .describe('Where its channel is a task: what there was to do, what came of it, and who did it.'),
  state: reminderState,
  practice: z.boolean(),
  byHand: z.boolean(),
  plannedOn: day,
  sendOn: day,
  leftOn: day.nullable(),
  leftAt: z.string().nullable(),
  currency: z.string(),
  askedMinor: z.int().nullable().describe('In that currency.'),
  askedOthers: z.array(money).describe('What it asks for in other currencies.'),
  askedCharges: z
    .array(z.object({ kind: z.enum(['interest', 'indemnity', 'fee']), currency: z.string(), minor: z.int() }))
    .describe('What it asked for beside the principal when it left (interest, indemnity, fees); before that, empty.'),
  to: z.array(z.string()),
  invoices: z.array(z.object({ id, number: z.string(), dueOn: day.nullable() })),
  reason: reason.nullable(),
  nextAttemptAt: z.string().nullable().describe('Not before that instant: refused for now, or just approved.'),
  waitsDays: z.int().nullable().describe('For how many sending days it has waited for approval.'),
  waitsTooLong: z.boolean().describe('For more of them than the company’s approvalWaitDays.'),
});

const reminderFilter = z.object({
  search: text(200).optional().describe('Part of the customer’s name, an address or an invoice number.'),
  state: z
    .enum(['to_approve', 'postponed', 'waiting', 'leaving', 'to_do', 'left', 'problems', 'all'])
    .default('all')
    .describe(
      'postponed: to approve, not before a later day; waiting: ready to leave; leaving: ready, and its day has come; to_do: tasks that a ' +
        'person is to do; left: with the tasks that were done; problems: failed, in doubt, or not delivered and nobody has decided yet.',
    ),
  customerId: id.optional(),
  invoiceId: id.optional(),
});
export const remindersQuery = pageQuery.extend(reminderFilter.shape);
export const remindersFile = listFile(messageColumns).extend(reminderFilter.shape);

export const reminderParams = z.object({ companyId: id, reminderId: id });

export const message = z.object({
  subject: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string(),
  attachments: z.array(z.object({ name: z.string(), size: z.int() })),
  left: z.boolean().describe('True: the very bytes that left; false: as it would leave now.'),
  state: reminderState,
  waits: z.boolean().describe('Not delivered, and it holds back the next steps until a person decides.'),
  bounces: z.array(bounce).describe('What was said of its addresses, where it was not delivered.'),
});

const reminderIds = z.array(id).min(1).max(1000);
export const approving = z.object({
  reminderIds,
  undoSeconds: z.int().min(0).max(60).default(0).describe('So long the approval can be undone; only then they leave.'),
});
export const undoingApproval = z.object({ reminderIds });
export const holdingBack = z.object({
  reminderIds: reminderIds.optional().describe('Left out: everything that is about to leave today.'),
});
export const heldBack = z.object({
  held: z.array(id).describe('They wait for approval again.'),
  gone: z.int().describe('On their way, gone, or waiting already.'),
});
export const approvalUndone = z.object({ undone: z.int(), gone: z.int().describe('On their way or gone: too late.') });
export const approved = z.object({
  approved: z.int(),
  already: z.int().describe('Not waiting any more: approved by somebody else, or gone.'),
  dropped: z.int().describe('Paid, paused or disputed in the meantime: they do not leave.'),
});
export const refusing = z.object({ reason: text(500).default('') });
export const postponing = z.object({ until: day });
export const messageText = z.object({
  subject: z.string(),
  body: z.string().describe('Markdown with merge tags.'),
  edited: z.boolean().describe('A person changed it for this message.'),
  to: z.array(z.string()),
  cc: z.array(z.string()),
});
export const editing = z.object({
  subject: text(300).min(1),
  body: z.string().min(1).max(50_000).describe('Markdown with merge tags; an unknown tag is refused.'),
  recipients: z
    .object({ to: z.array(email).min(1).max(20), cc: z.array(email).max(20).default([]) })
    .optional()
    .describe('For this message only; left out, the addresses stay those of the contacts.'),
});
export const preparing = z.object({
  invoiceIds: z.array(id).min(1).max(1000),
  level: z.int().min(0).max(99).optional().describe('Left out: the next of each invoice.'),
});
export const prepared = z.object({
  reminderIds: z.array(id).describe('One for each customer, currency and step; they wait to be approved.'),
  refused: z.array(z.object({ invoiceId: id, invoiceNumber: z.string(), reason })),
});
/** A reminder of one invoice as a person wants it; what is left out is as the step and its template say. */
export const toRemind = z.object({
  level: z.int().min(0).max(99).optional().describe('Left out: the one that is proposed.'),
  text: z.object({ subject: text(300).min(1), body: z.string().min(1).max(50_000) }).optional(),
  recipients: z.object({ to: z.array(email).min(1).max(20), cc: z.array(email).max(20) }).optional(),
  attachesInvoice: z.boolean().optional(),
  companyFileIds: z
    .array(id)
    .max(10)
    .optional()
    .describe('Files of the company, instead of those that its step attaches.'),
  fileIds: z.array(id).max(10).optional().describe('Files that were added for this invoice.'),
});
export const reminding = toRemind.extend({
  level: z.int().min(0).max(99),
  undoSeconds: z.int().min(0).max(60).default(0).describe('So long the sending can be undone; only then it leaves.'),
});
export const reminded = z.object({ reminderId: id });
export const reminderDraft = z.object({
  proposedLevel: z.int().nullable().describe('null: no level is left.'),
  refused: reason.nullable().describe('Why it may not be reminded of at this level.'),
  message: z
    .object({
      level: z.int(),
      stepName: z.string(),
      formalNotice: z.boolean(),
      askedMinor: z.int(),
      currency: z.string(),
      text: z.object({ subject: z.string(), body: z.string() }).describe('Markdown with merge tags.'),
      to: z.array(z.string()),
      cc: z.array(z.string()),
      attachesInvoice: z.boolean(),
      companyFileIds: z.array(id).describe('Files of the company that go with it.'),
      invoiceFiles: z.array(z.string()).describe('The invoice’s own files, attached or not.'),
      read: z.object({
        subject: z.string(),
        text: z.string(),
        attachments: z.array(z.object({ name: z.string(), size: z.int() })),
      }),
    })
    .nullable(),
});
export const addedFile = z.object({ fileId: id, name: z.string(), type: z.string(), size: z.int() });
export const leftOut = z.object({ left: z.int().describe('Invoices that the message still has.') });
export const leaveOutParams = reminderParams.extend({ invoiceId: id });
export const resolving = z.object({ outcome: z.enum(['left', 'send-again']) });

export type ReminderRow = z.infer<typeof reminderRow>;
export type MessageText = z.infer<typeof messageText>;
export type Message = z.infer<typeof message>;
export type ReminderDraft = z.infer<typeof reminderDraft>;
export type AddedFile = z.infer<typeof addedFile>;
