// Tasks on the wire: what somebody will do about a customer or an invoice, and on which day.
import { z } from 'zod';
import { day, id, pageQuery, text } from './common.ts';

const userId = z.string().min(1).max(100);
const what = text(500).min(1);

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
  doneOn: day.nullable(),
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
export const taskParams = z.object({ companyId: id, taskId: id });
export const colleagues = z.object({ rows: z.array(z.object({ userId: z.string(), name: z.string() })) });

export type TaskRow = z.infer<typeof taskRow>;
export type Colleagues = z.infer<typeof colleagues>;
