// Customers and their contacts on the wire.
import { z } from 'zod';
import { customerColumns } from '../words/lists.ts';
import { country, day, email, id, listFile, messageLanguage, money, name, pageQuery, text } from './common.ts';
import { paymentTermsGiven, paymentTermsShown } from './payment-terms.ts';

export const contactRole = z.enum(['main', 'accounts_payable', 'management']);
export const customerKind = z.enum(['business', 'consumer', 'public']);

const contactInput = z.object({
  role: contactRole.optional(),
  name: text(200).optional(),
  email: email.nullable().optional(),
  phone: text(40).nullable().optional(),
  language: messageLanguage.nullable().optional(),
});

const contact = z.object({
  id,
  role: contactRole,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  language: z.string().nullable(),
});

/** What is agreed with it beside its sequence, and who sells to it. */
const agreed = {
  paymentTerms: paymentTermsGiven
    .nullable()
    .describe('Those that its invoices without a due date get from now on; null: the company’s.'),
  salespersonName: text(200).nullable(),
  salespersonEmail: email.nullable(),
  forbiddenChannels: z
    .array(z.enum(['email']))
    .max(1)
    .describe('By which nothing is sent to it: its steps take their next channel, or wait.'),
};

/** Of a member, as colleagues lists them. */
const userId = text(100).min(1);

const fields = z.object({
  number: text(60).min(1),
  kind: customerKind,
  category: text(100).nullable(),
  language: messageLanguage.nullable(),
  street: text(300).nullable(),
  postcode: text(20).nullable(),
  city: text(100).nullable(),
  country: country.nullable(),
  phone: text(40).nullable(),
  notes: text(10_000),
  delaysDays: z
    .array(z.int().min(1).max(3650))
    .min(1)
    .max(20)
    .nullable()
    .describe('Days to the first reminder, then from each to the next; null: those of the sequence.'),
  keyAccount: z.boolean().describe('Each of its messages is approved by a person.'),
  contractRate: z
    .int()
    .min(1)
    .max(10_000)
    .nullable()
    .describe('Agreed with it for what it pays late, in hundredths of a percent a year; null: as the company says.'),
  inChargeUserId: userId.nullable().describe('Who is in charge: a member who may act; null: nobody.'),
  payerId: id
    .nullable()
    .describe('Another customer, who pays and is written to instead; one that has no payer itself. null: nobody else.'),
  contacts: z.array(contactInput).max(50).describe('Replaces the contacts.'),
  ...agreed,
});

export const newCustomer = fields.partial().extend({ name });
export const customerChange = fields.partial().extend({ name: name.optional() });

export const customerRow = z.object({
  id,
  number: z.string(),
  name: z.string(),
  kind: customerKind,
  category: z.string().nullable(),
  city: z.string().nullable(),
  enrolment: z.enum(['default', 'chosen', 'none']),
  sequenceId: id.nullable().describe('The one that a person chose.'),
  ruleId: id.nullable().describe('The enrolment rule that put it where it is.'),
  ruleName: z.string().nullable(),
  followsId: id
    .nullable()
    .describe('The sequence that it follows, whatever put it there; null: no reminders, or it was deleted.'),
  followsTitle: z.string().nullable(),
  inChargeUserId: z.string().nullable(),
  inChargeName: z.string().nullable(),
  salesperson: z.string().nullable().describe('By name.'),
  paymentTerms: paymentTermsShown.nullable().describe('Its own; null: the company’s.'),
  payerId: id.nullable().describe('The customer that pays for it, and to whose contacts its messages go.'),
  payerName: z.string().nullable(),
  openInvoices: z.int(),
  open: z.array(money),
  overdue: z.array(money),
});

/** Of a customer's contacts, or of what is written on an invoice. */
export const blockedAddress = z.object({
  address: z.string().describe('In lower case.'),
  reason: z.string().describe('As the recipient’s server or a person said it.'),
  blockedOn: day,
  reminderId: id.nullable().describe('The message that came back, where it was one to this customer.'),
});

const namedCustomer = z.object({ id, number: z.string(), name: z.string() });
const merged = namedCustomer.extend({ on: day, by: z.string(), byName: z.string().nullable() });

export const customer = customerRow.extend({
  paused: z.boolean(),
  chosen: z
    .object({ day, actor: z.string(), actorName: z.string().nullable() })
    .nullable()
    .describe('When and by whom what it follows was chosen; null: a rule or the default decides.'),
  language: z.string().nullable(),
  street: z.string().nullable(),
  postcode: z.string().nullable(),
  country: z.string().nullable(),
  phone: z.string().nullable(),
  notes: z.string(),
  delaysDays: z.array(z.int()).nullable(),
  keyAccount: z.boolean(),
  contractRate: z.int().nullable(),
  salespersonEmail: z.string().nullable(),
  forbiddenChannels: z.array(z.enum(['email'])),
  termsMayExceedLaw: z
    .boolean()
    .describe('It is a business, the company is French, and its terms may exceed C. com. L441-10 I.'),
  contacts: z.array(contact),
  blockedAddresses: z
    .array(blockedAddress)
    .describe('Of its contacts’ and its invoices’ addresses those that nothing is sent to any more.'),
  credits: z.array(money),
  payer: namedCustomer.nullable(),
  paysFor: z
    .object({ first: z.array(namedCustomer), count: z.int() })
    .describe('Customers for whom it pays: some by name, and how many there are.'),
  mergedInto: merged.nullable().describe('Where all that it owed is now; it is in no list any more.'),
  mergedFrom: z.array(merged).describe('Customers that were merged into this one.'),
  charges: z.array(money).describe('Claimed beside its invoices (interest, indemnity, fees), neither paid nor waived.'),
});

const customerFilter = z.object({
  search: text(200).optional().describe('Part of the name or number.'),
  sequence: z
    .union([id, z.literal('none')])
    .optional()
    .describe('Those who follow that sequence, whatever put them there; none: no reminders.'),
  outsideSequence: id.optional().describe('Those who do not follow that sequence.'),
  rule: id.optional().describe('Those whom that enrolment rule holds.'),
  inCharge: userId
    .optional()
    .describe(
      'Those of whom that user is in charge; me: whoever asks, with those of members for whom they stand in; none: those of whom nobody is.',
    ),
  salesperson: text(200).optional().describe('Those whom that salesperson looks after, by name.'),
  payer: id.optional().describe('Those for whom that customer pays.'),
});
export const customersQuery = pageQuery.extend(customerFilter.shape);
export const customersFile = listFile(customerColumns).extend(customerFilter.shape);

export const customerParams = z.object({ companyId: id, customerId: id });

const enrolmentOf = (most: number) =>
  z
    .object({
      customerIds: z.array(id).min(1).max(most),
      enrolment: z
        .enum(['chosen', 'none', 'default'])
        .describe(
          'In the sequence named, in none ("aucune relance"), or where the enrolment rules say, then the company’s default.',
        ),
      sequenceId: id.optional(),
    })
    .refine((one) => one.enrolment !== 'chosen' || one.sequenceId !== undefined, { error: 'sequenceId is needed' });
export const enrolment = enrolmentOf(1000);
export const enrollingMany = enrolmentOf(20_000);
export const enrolled = z.object({ enrolled: z.int().describe('Those for whom it was another choice than theirs.') });
export const puttingInCharge = z.object({
  customerIds: z.array(id).min(1).max(20_000),
  userId: userId.nullable().describe('A member who may act; null: nobody.'),
});
export const putInCharge = z.object({ changed: z.int().describe('Those for whom it was somebody else.') });
/** The customer of the address is the one that is merged. */
export const merging = z.object({ intoId: id.describe('The customer that stays.') });
export const mergeShown = z.object({
  from: namedCustomer,
  into: namedCustomer,
  invoices: z.int(),
  openInvoices: z.int(),
  open: z.array(money),
  creditNotes: z.int(),
  payments: z.int(),
  credits: z.array(money).describe('Of its payments and credit notes, what is not allocated.'),
  tasks: z.int().describe('To do.'),
  promises: z.int().describe('That run.'),
  paused: z.int().describe('Open invoices that its own pause holds back: each is paused by itself.'),
  waiting: z.int().describe('Messages that wait; they are dropped, and planned anew for the other customer.'),
  waitingByHand: z.int().describe('Of these, prepared by hand: they are not made anew.'),
  paysFor: z.int().describe('Customers for whom it pays: the other one pays for them.'),
  contacts: z
    .array(z.object({ name: z.string(), email: z.string().nullable(), role: contactRole }))
    .describe('Whom the other customer has not, with the role that they will have.'),
  passage: z
    .object({ from: id.nullable(), to: id.nullable() })
    .nullable()
    .describe('The sequences that they follow (null: no reminders), where these are two.'),
  differs: z.array(z.enum(['kind', 'language', 'country'])),
  notTaken: z
    .array(
      z.enum(['delays', 'contract-rate', 'payment-terms', 'payer', 'key-account', 'in-charge', 'salesperson', 'notes']),
    )
    .describe('Its own, which the other one does not take over.'),
});
export type MergeShown = z.infer<typeof mergeShown>;
export const savedCustomer = z.object({ customerId: id });

export const contactMade = z.object({
  how: z.enum(['call', 'email', 'letter', 'meeting', 'other']),
  note: text(5000).min(1),
  on: day.optional().describe('Left out: today; never later.'),
  invoiceId: id.optional(),
});
export const contactNoted = z.object({ on: day });

export const credit = z.object({
  kind: z.enum(['payment', 'credit_note']),
  id,
  number: z.string().nullable(),
  on: day,
  currency: z.string(),
  amountMinor: z.int(),
  leftMinor: z.int().describe('Not allocated yet.'),
});
export const credits = z.object({ rows: z.array(credit) });
export type Credit = z.infer<typeof credit>;

const target = z.object({ customerId: id.optional(), invoiceId: id.optional(), sequenceId: id.optional() });
const isOne = (one: z.infer<typeof target>) =>
  [one.customerId, one.invoiceId, one.sequenceId].filter((given) => given !== undefined).length === 1;
const oneOnly = { error: 'exactly one of customerId, invoiceId, sequenceId' };

export const pause = target
  .extend({
    reason: text(500).default(''),
    fromOn: day.optional(),
    untilOn: day.nullable().optional().describe('The last day of the pause; left out: until someone resumes.'),
  })
  .refine(isOne, oneOnly);
export const paused = z.object({ pauseId: id });
const pauseOfMany = {
  reason: text(500).default(''),
  untilOn: day.nullable().optional().describe('The last day of the pause; left out: until someone resumes.'),
};
const many = z.array(id).min(1);
export const pauseOfInvoices = z.strictObject({ invoiceIds: many.max(1000), ...pauseOfMany });
export const pauseOfCustomers = z.strictObject({ customerIds: many.max(1000), ...pauseOfMany });
export const pausingMany = z.union([
  z.strictObject({ invoiceIds: many.max(20_000), ...pauseOfMany }),
  z.strictObject({ customerIds: many.max(20_000), ...pauseOfMany }),
]);
export const pausedTogether = z.object({
  paused: z.int(),
  leftOut: z.int().describe('Settled, cancelled, or paused as long already.'),
});
export const resume = target.refine(isOne, oneOnly);
export const resumed = z.object({ lifted: z.int() });

export const salespeople = z.object({ rows: z.array(z.object({ name: z.string(), customers: z.int() })) });

export type Salespeople = z.infer<typeof salespeople>;
export type CustomerRow = z.infer<typeof customerRow>;
export type Customer = z.infer<typeof customer>;
