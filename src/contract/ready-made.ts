// Ready-made sequences, on the wire.
import { z } from 'zod';
import { channel, id, text, tone } from './common.ts';
import { contactRole } from './customer.ts';
import { ending } from './sequence.ts';

const readyMadeStep = z.object({
  level: z.int(),
  name: z.string(),
  offsetDays: z.int().describe('Days after the due date; negative before it.'),
  tone,
  channels: z.array(channel).describe('In order of preference.'),
  templateKey: z.string(),
  requiresApproval: z.boolean(),
  formalNotice: z.boolean(),
  rolesTo: z.array(contactRole),
});

const readyMade = z.object({
  code: z.string(),
  title: z.string(),
  forWhom: z.string(),
  description: z.string(),
  law: z.string().nullable().describe('The country whose law its messages speak of; null: they speak of none.'),
  sequenceId: id
    .nullable()
    .describe('The company’s sequence that came from it, whatever it holds by now; null: it has none.'),
  steps: z.array(readyMadeStep),
  ending,
});

export const readyMades = z.object({ rows: z.array(readyMade) });
export const readyMadeParams = z.object({ companyId: id, code: text(60).min(1) });
export const addedReadyMade = z.object({
  sequenceId: id,
  templates: z.int().describe('Templates that the company had not got, in both languages.'),
});

export type ReadyMade = z.infer<typeof readyMade>;
