// Tasks on the wire: what somebody will do about a customer or an invoice, and on which day.
import { z } from 'zod';
import { day, id, money, pageQuery, reason, text } from './common.ts';

const userId = z.string().min(1).max(100);
const what = text(500).min(1);

const taskReminder = z.object({
  id,
  level: z.int(),
  stepName: z.string().nullable(),
  practice: z.boolean().describe('Made in practice: it counts for nothing once the company is live.'),
  reason: reason.nullable().describe('Why it is a task.'),
  invoices: z.array(z.object({ id, number: z.string(), dueOn: day.nullable() })),
  currency: z.string(),
  askedMinor: z.int().nullable().describe('What is due now, in that currency.'),
  askedOthers: z.array(money).describe('What is due in other currencies.'),
  phone: z
    .object({ name: z.string().nullable(), number: z.string() })
    .nullable()
    .describe('Whom to call: the first of the step’s contacts who has a number, else the customer’s own number.'),
});

export const taskRow = z.object({
  id,
  customerId: id,
  customerName: z.string(),
  invoiceId: id.nullable(),
  invoiceNumber: z.string().nullable(),
  text: z.string(),
  dueOn: day,
  assignedTo: z.string().nullable().describe('A user of the company; null: whoever sees it.'),
  assignedName: z.string().nullable(),
  standInName: z.string().nullable().describe('Who stands in today for the user whose task it is, who is away.'),
  doneOn: day.nullable(),
  note: z.string().nullable().describe('What came of it, in the words of whoever did it.'),
  reminder: taskReminder
    .nullable()
    .describe('The reminder that is left when it is done; null: no step of a sequence asked for it.'),
  remindInvoiceIds: z.array(id).describe('What a reminder at the next level would be about; empty: nothing is owed.'),
});

export const tasksQuery = pageQuery.extend({
  state: z.enum(['open', 'done']).default('open'),
  due: z.stringbool().default(false).describe('Only those of today and before.'),
  customerId: id.optional(),
  invoiceId: id.optional(),
});
export const newTask = z.object({
  customerId: id,
  invoiceId: id.optional(),
  text: what,
  dueOn: day,
  assignedTo: userId.nullable().optional(),
});
export const taskChange = z.object({ text: what, dueOn: day, assignedTo: userId.nullable() }).partial();
export const taskDone = z.object({ note: text(2000).default('').describe('What came of it.') });
export const taskParams = z.object({ companyId: id, taskId: id });
export const colleagues = z.object({
  rows: z.array(z.object({ userId: z.string(), name: z.string(), mayAct: z.boolean().describe('Not only read.') })),
});

export type TaskRow = z.infer<typeof taskRow>;
export type Colleagues = z.infer<typeof colleagues>;
