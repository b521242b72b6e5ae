// Sequences, their steps, and the templates of messages, on the wire.
import { z } from 'zod';
import { currency, id, messageLanguage, name, text } from './common.ts';
import { contactRole } from './customer.ts';

const stepInput = z.object({
  id: id.optional().describe('Missing for a new step.'),
  level: z.int().min(0).max(99),
  name,
  offsetDays: z.int().min(-365).max(3650).describe('Days after the due date; negative before it.'),
  templateKey: text(60).min(1).optional(),
  rolesTo: z.array(contactRole).min(1).optional(),
  rolesCc: z.array(contactRole).optional(),
  minimums: z.record(currency, z.int().min(0)).optional().describe('Minor units by currency.'),
  requiresApproval: z.boolean().optional(),
  formalNotice: z.boolean().optional(),
  attachInvoice: z.boolean().optional(),
});

export const newSequence = z.object({
  title: name,
  description: text(2000).optional(),
  steps: z
    .array(stepInput)
    .min(1)
    .max(50)
    .describe('The whole ladder: a step that is not named any more is taken out.'),
  makeDefault: z.boolean().optional().describe('Customers without a choice of their own are then enrolled in it.'),
});
export const savedSequence = z.object({ sequenceId: id, stepIds: z.array(id) });
export const deletedSequence = z.object({ customers: z.int().describe('Customers that are in no sequence any more.') });

const step = z.object({
  id,
  level: z.int(),
  name: z.string(),
  offsetDays: z.int(),
  channels: z.array(z.string()),
  templateKey: z.string(),
  rolesTo: z.array(contactRole),
  rolesCc: z.array(contactRole),
  minimums: z.record(z.string(), z.int()),
  requiresApproval: z.boolean(),
  formalNotice: z.boolean(),
  attachInvoice: z.boolean(),
});

const sequence = z.object({
  id,
  title: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  steps: z.array(step),
});
export const sequences = z.object({ rows: z.array(sequence) });
export const sequenceParams = z.object({ companyId: id, sequenceId: id });

const template = z.object({
  key: z.string(),
  language: z.string(),
  subject: z.string(),
  body: z.string(),
});
export const templates = z.object({ rows: z.array(template) });
export const templateParams = z.object({ companyId: id, key: text(60).min(1), language: messageLanguage });
export const savedTemplate = z.object({ key: z.string() });
export const templateChange = z.object({
  subject: text(300).min(1),
  body: z.string().min(1).max(50_000).describe('Markdown with merge tags; an unknown tag is refused.'),
});

export type Step = z.infer<typeof step>;
export type Sequence = z.infer<typeof sequence>;
export type Template = z.infer<typeof template>;
