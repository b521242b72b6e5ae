// Sequences and their steps, on the wire.
import { z } from 'zod';
import { channel, currency, day, email, id, money, name, text, tone } from './common.ts';
import { contactRole } from './customer.ts';

const timing = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('due'), days: z.int().min(-365).max(3650) }),
    z.object({ kind: z.literal('previous'), days: z.int().min(1).max(365) }),
    z.object({ kind: z.literal('month-end'), days: z.int().min(0).max(3650) }),
  ])
  .describe(
    'When it comes. due: so many days after the due date, negative before it. previous: so many days after the step before it has ' +
      'left. month-end: on the last day of the month in which the due date and so many days fall.',
  );

/** A name in a header: one line. */
const senderName = name.refine((text) => !/\p{Cc}/u.test(text), { error: 'one line' });

const afterLastDays = z.int().min(1).max(365).describe('After the last message has left.');
export const ending = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('nothing') }),
    z.object({ kind: z.literal('task'), days: afterLastDays, text: text(500).min(1) }),
    z.object({ kind: z.literal('repeat'), days: afterLastDays, times: z.int().min(1).max(12) }),
    z.object({ kind: z.literal('litigation'), days: afterLastDays }),
  ])
  .describe(
    'What comes after the last step has left, while the invoice is unpaid. task: a task for whoever is in charge. repeat: the last ' +
      'step again, every so many days, so many times at most; a formal notice is never repeated. litigation: a task that asks a ' +
      'person whether the invoice is handed over to litigation.',
  );

const fee = z
  .union([z.object({ fixed: z.record(currency, z.int().min(1)) }), z.object({ share: z.int().min(1).max(10_000) })])
  .describe(
    'What the step adds to each invoice that takes it, as agreed with the customer. fixed: minor units by currency. share: of the ' +
      'principal, in hundredths of a percent. Never claimed from a consumer.',
  );

const stepFields = z.object({
  id: id.optional().describe('Missing for a new step.'),
  level: z.int().min(0).max(99),
  name,
  offsetDays: z
    .int()
    .min(-365)
    .max(8000)
    .optional()
    .describe('Days after the due date, negative before it; of no account where timing is given.'),
  timing: timing.optional().describe('Left out: offsetDays after the due date.'),
  tone: tone.optional(),
  channels: z
    .array(channel)
    .min(1)
    .max(2)
    .refine((given) => new Set(given).size === given.length)
    .optional()
    .describe(
      'In order of preference: the first that reaches the customer is used. An e-mail needs an address that is not blocked; a task, ' +
        'which a person does (a call, say), needs none. A formal notice is never a task. E-mail by default.',
    ),
  templateKey: text(60).min(1).optional(),
  taskText: text(500)
    .nullable()
    .optional()
    .describe('What there is to do where the step is a task; null: it is said in general words.'),
  rolesTo: z.array(contactRole).min(1).optional(),
  rolesCc: z.array(contactRole).optional(),
  minimums: z.record(currency, z.int().min(0)).optional().describe('Minor units by currency.'),
  requiresApproval: z.boolean().optional(),
  approvalFrom: z
    .record(currency, z.int().min(0))
    .optional()
    .describe(
      'From that amount of the message on, without interest and fees, a person approves it: minor units by currency.',
    ),
  leavesAfterHours: z
    .int()
    .min(1)
    .max(240)
    .nullable()
    .optional()
    .describe(
      'Approved by nobody, it leaves by itself after so many hours, in which it can be held back; null: at once.',
    ),
  fee: fee.nullable().optional().describe('Left out: as it was; null: none.'),
  formalNotice: z.boolean().optional(),
  attachInvoice: z.boolean().optional(),
  fileIds: z
    .array(id)
    .max(10)
    .refine((given) => new Set(given).size === given.length)
    .optional()
    .describe('Files of the company that go with its messages, in this order.'),
  senderName: senderName
    .nullable()
    .optional()
    .describe('In whose name it leaves; null: the company’s sender. The address is always the company’s own.'),
  replyTo: email.nullable().optional().describe('Where answers go; null: as the company says.'),
  tellsInCharge: z
    .boolean()
    .optional()
    .describe(
      'Whoever is in charge of the customer is told by e-mail, once a day, what waits and what has left of it.',
    ),
});

const saysWhen = ({ offsetDays, timing }: { offsetDays?: unknown; timing?: unknown }): boolean =>
  offsetDays !== undefined || timing !== undefined;
const whenMissing = { error: 'offsetDays or timing is needed', path: ['offsetDays'] };

const stepInput = stepFields.refine(saysWhen, whenMissing);
/** While it is typed its name may be empty. */
const stepDraft = stepFields.extend({ name: text(200) }).refine(saysWhen, whenMissing);

export const newSequence = z.object({
  title: name,
  description: text(2000).optional(),
  steps: z
    .array(stepInput)
    .min(1)
    .max(50)
    .describe('The whole ladder: a step that is not named any more is taken out.'),
  ending: ending.optional().describe('Left out: as it was; for a new sequence, nothing.'),
  makeDefault: z.boolean().optional().describe('Customers without a choice of their own are then enrolled in it.'),
});
export const savedSequence = z.object({ sequenceId: id, stepIds: z.array(id) });
export const deletedSequence = z.object({ customers: z.int().describe('Customers that are in no sequence any more.') });

const step = z.object({
  id,
  level: z.int(),
  name: z.string(),
  offsetDays: z
    .int()
    .describe('Its place on the time line: days after the due date, on average where a month’s end counts.'),
  timing,
  tone,
  channels: z.array(channel),
  templateKey: z.string(),
  taskText: z.string().nullable(),
  rolesTo: z.array(contactRole),
  rolesCc: z.array(contactRole),
  minimums: z.record(z.string(), z.int()),
  requiresApproval: z.boolean(),
  approvalFrom: z.record(z.string(), z.int()),
  leavesAfterHours: z.int().nullable(),
  fee: fee.nullable(),
  formalNotice: z.boolean(),
  attachInvoice: z.boolean(),
  fileIds: z.array(id),
  senderName: z.string().nullable(),
  replyTo: z.string().nullable(),
  tellsInCharge: z.boolean(),
});

const sequence = z.object({
  id,
  title: z.string(),
  description: z.string(),
  isDefault: z.boolean(),
  customers: z.int().describe('Customers that are in it.'),
  receivables: z.int().describe('Open instalments of these customers.'),
  paused: z
    .object({ untilOn: day.nullable() })
    .nullable()
    .describe('null: it runs; untilOn null: until somebody resumes it.'),
  steps: z.array(step),
  ending,
});
export const sequences = z.object({ rows: z.array(sequence) });
export const sequenceParams = z.object({ companyId: id, sequenceId: id });

/** A sequence that is not saved, and what is asked of it. */
export const simulation = z.object({
  id: id.optional().describe('The sequence that it would replace; missing for a new one.'),
  title: text(200).describe('May be empty: that is then one of the problems.'),
  description: text(2000).optional(),
  steps: z.array(stepDraft).max(50),
  ending: ending.optional(),
  makeDefault: z.boolean().optional(),
  days: z.int().min(1).max(366).default(60).describe('How far ahead.'),
  who: z
    .enum(['enrolled', 'everyone'])
    .default('enrolled')
    .describe('Those who are in it (with makeDefault, those in the default as well), or all who are in any sequence.'),
});

const problem = z.object({
  code: z.string(),
  step: z.int().nullable().describe('The place of its step, from 0; null: the whole sequence.'),
  text: z.string(),
});

const counted = {
  messages: z.int(),
  tasks: z.int().describe('What a person would do instead of a message.'),
  toApprove: z.int(),
  amounts: z.array(money),
};

export const effect = z.object({
  customers: z.int(),
  receivables: z.int().describe('Open instalments of these customers.'),
  ...counted,
  asked: z.int().describe('Instalments about which a person would be asked after the last step.'),
  days: z.array(z.object({ day, ...counted })).describe('Days on which something leaves.'),
  steps: z.array(z.object(counted)).describe('In the order of the steps.'),
  compared: z
    .object({ sooner: z.int(), later: z.int(), begins: z.int(), stops: z.int(), same: z.int() })
    .describe('Instalments by what becomes of their next message.'),
  outside: z
    .object({ receivables: z.int(), amounts: z.array(money) })
    .describe('Overdue, and outside the sequence until somebody includes them.'),
  withoutAddress: z.int(),
});

export const simulated = z.object({
  from: day,
  to: day,
  lengthDays: z.int().describe('From the first step to the last.'),
  problems: z.array(problem).describe('What keeps it from being saved; there is then no effect.'),
  warnings: z.array(problem).describe('What is likely not meant.'),
  effect: effect.nullable(),
});

/** A sequence replayed against what has happened. */
export const replay = z.object({
  title: text(200),
  steps: z.array(stepDraft).max(50),
  ending: ending.optional(),
  from: day.describe('Invoices issued from that day on.'),
  to: day.describe('And up to that day; at most 800 days later.'),
});

const replayedMessage = z.object({
  leavesOn: day,
  customerId: id,
  customerName: z.string(),
  invoiceIds: z.array(id),
  invoiceNumbers: z.array(z.string()),
  channel,
  level: z.int(),
  needsApproval: z.boolean(),
  amounts: z.array(money),
  paidAfterDays: z.int().nullable().describe('Days from the message to the money; null: not all of it was paid.'),
  needless: z.boolean(),
});

const replayedCounts = {
  messages: z.int(),
  tasks: z.int().describe('What a person would have done instead of a message.'),
  needless: z.int().describe('Messages and tasks of which all was paid within two days.'),
};

export const replayed = z.object({
  from: day,
  to: day,
  until: day.describe('The last day that was looked at.'),
  problems: z.array(problem),
  effect: z
    .object({
      customers: z.int(),
      receivables: z.int(),
      ...replayedCounts,
      toApprove: z.int(),
      steps: z.array(z.object({ ...replayedCounts, amounts: z.array(money) })),
      months: z.array(z.object({ month: z.string(), ...replayedCounts })),
      shown: z.array(replayedMessage).describe('The first of the messages and tasks.'),
    })
    .nullable(),
});

export type Replayed = z.infer<typeof replayed>;
export type Simulated = z.infer<typeof simulated>;
export type StepInput = z.input<typeof stepInput>;
export type Step = z.infer<typeof step>;
export type Ending = z.infer<typeof ending>;
export type Sequence = z.infer<typeof sequence>;
