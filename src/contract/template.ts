// Templates of messages, on the wire: their text, the tags that they may use, and the message that they would make.
import { z } from 'zod';
import { id, messageKind, messageLanguage, name, text, tone } from './common.ts';

const key = text(60)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .describe('Small letters, digits and hyphens.');
const subject = text(300).min(1);
const body = z.string().min(1).max(50_000).describe('Markdown with merge tags; an unknown tag is refused.');

const template = z.object({
  key: z.string(),
  language: z.string(),
  name: z.string(),
  subject: z.string(),
  body: z.string(),
  kind: messageKind,
  readyMade: z.boolean().describe('Comes with Relance: its original text can be restored, and it can’t be deleted.'),
  original: z.boolean().describe('Its text is the original one.'),
});
export const templates = z.object({ rows: z.array(template) });
export const oneTemplate = z.object({ companyId: id, key });
export const templateParams = z.object({ companyId: id, key, language: messageLanguage });
export const savedTemplate = z.object({ key: z.string(), name: z.string() });
export const templateChange = z.object({
  subject,
  body,
  name: name.optional().describe('Its name in every language; left out, it keeps the one that it has.'),
});
export const newTemplate = z.object({
  name: name.describe('Its key is made of it.'),
  copyOf: key.optional().describe('The key of the template that it begins as a copy of, in all its languages.'),
  tone: tone
    .optional()
    .describe('Where copyOf is left out: it begins with the ready-made text of that tone, in both languages.'),
});
export const createdTemplate = z.object({ key: z.string() });
export const deletedTemplate = z.object({ key: z.string() });

const about = {
  language: messageLanguage,
  invoiceId: id.optional().describe('Left out: the open invoice that is overdue for longest, else invented figures.'),
  level: z.int().min(0).max(99).optional().describe('Of the step that it is for; 1 where it is left out.'),
};
export const toPreview = z.object({
  subject,
  body,
  key: key.optional().describe('Of the template; left out, its text is that of a reminder.'),
  ...about,
});
export const preview = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  about: z.object({
    customerName: z.string(),
    invoiceNumbers: z.array(z.string()),
    invented: z.boolean().describe('The company has no open invoice: name and figures are made up.'),
  }),
});

export const toTest = z.object({
  text: z.object({ subject, body }).optional().describe('As it is edited; left out: as it is saved.'),
  invoiceId: about.invoiceId,
  level: about.level,
});
export const tested = z.object({ to: z.string(), answer: z.string().describe('The mail server’s own words.') });

export const tags = z.object({
  rows: z.array(
    z.object({
      written: z.string().describe('As it is written in a template.'),
      asks: z.boolean().describe('It speaks of what is owed: a template that thanks can’t have it.'),
      name: z.string(),
      example: z.string(),
    }),
  ),
});

export type Template = z.infer<typeof template>;
export type TemplatePreview = z.infer<typeof preview>;
export type Tags = z.infer<typeof tags>;
