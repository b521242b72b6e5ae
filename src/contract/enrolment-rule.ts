// Enrolment rules on the wire: which sequence customers follow where no person chose it.
import { z } from 'zod';
import { country, id, messageLanguage, minor, name, text } from './common.ts';
import { customerKind, enrollingMany } from './customer.ts';
import { effect } from './sequence.ts';

/** Credit notes are never dunned. */
export const excludableType = z.enum(['standard', 'deposit', 'progress', 'final', 'subscription']);

const conditions = {
  name,
  sequenceId: id.nullable().describe('null: no reminders ("aucune relance").'),
  categories: z.array(text(100).min(1)).max(100).describe('One of these; an empty list asks for nothing.'),
  kinds: z.array(customerKind).max(3),
  languages: z.array(messageLanguage).max(20).describe('The company’s counts where the customer has none.'),
  countries: z.array(country).max(50).describe('The company’s counts where the customer has none.'),
  openFromMinor: minor
    .min(1)
    .nullable()
    .describe('What the customer owes at least, in the company’s currency. It moves nobody who is in mid-course.'),
  keyAccount: z.boolean().nullable(),
  excludedTypes: z
    .array(excludableType)
    .max(5)
    .describe('Invoices of these types are not dunned where the rule holds their customer.'),
};

const ruleInput = z.object({ id: id.optional().describe('Missing for a new rule.'), ...conditions });

const rules = {
  rules: z
    .array(ruleInput)
    .max(100)
    .refine((all) => new Set(all.flatMap((rule) => rule.id ?? [])).size === all.filter((rule) => rule.id).length, {
      error: 'each rule once',
    })
    .describe('In their order: the first of which all conditions hold. One that is not named any more is removed.'),
  defaultSequenceId: id.nullable().describe('For whom no rule matches; null: no reminders.'),
};

export const savingRules = z.object({ ...rules, version: z.string().describe('Of the rules that were shown.') });
export const savedRules = z.object({
  moved: z.int().describe('Customers who are in another sequence by that.'),
  operationId: id
    .nullable()
    .describe(
      'Where many have moved: the operation that works out what comes next of their invoices; null: it is done.',
    ),
});

export const enrolmentRules = z.object({
  version: z.string(),
  rules: z.array(
    z.object({
      ...conditions,
      id,
      customers: z.int().describe('Whom it holds.'),
      leftOut: z.int().describe('Open invoices that are not dunned for their type.'),
    }),
  ),
  defaultSequenceId: id.nullable(),
  byDefault: z.int().describe('Customers for whom no rule matches.'),
  chosen: z.int().describe('Customers in a sequence that a person chose: no rule takes that back.'),
  none: z.int().describe('Customers for whom a person chose no reminders.'),
  values: z
    .object({ categories: z.array(z.string()), languages: z.array(z.string()), countries: z.array(z.string()) })
    .describe('What customers have, the most frequent first.'),
});

export const previewingRules = z.object({
  ...rules,
  days: z.int().min(1).max(366).default(60).describe('How far ahead messages are counted.'),
});

export const passage = z.object({
  from: id.nullable().describe('The sequence that is left; null: none.'),
  to: id.nullable(),
  customers: z.int(),
  invoices: z.int().describe('Open invoices of these customers.'),
  begun: z.int().describe('Of these, reminded of at least once, or about to be: no step is taken twice.'),
  waiting: z.int().describe('Messages that wait, and will not leave.'),
});

export const previewedRules = z.object({
  held: z.array(z.int()).describe('How many customers each rule would hold, in their order.'),
  byDefault: z.int(),
  passages: z.array(passage).describe('Who would move, the most customers first.'),
  effect: effect.describe('Of the customers for whom what is sent changes.'),
});

export const previewingEnrolment = enrollingMany;
export const previewedEnrolment = z.object({ passages: z.array(passage) });

export type EnrolmentRules = z.infer<typeof enrolmentRules>;
export type EnrolmentRule = EnrolmentRules['rules'][number];
export type RuleInput = z.infer<typeof ruleInput>;
export type PreviewedRules = z.infer<typeof previewedRules>;
export type Passage = z.infer<typeof passage>;
