// A company on the wire: its settings, its figures, its mail server, its clock, going live.
import { z } from 'zod';
import { timeZone } from './account.ts';
import { day, email, id, language, money, name, role, text } from './common.ts';
import { paymentTermsGiven, paymentTermsShown } from './payment-terms.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

export const company = z.object({
  id,
  name: z.string(),
  country: z.string(),
  region: z.string().nullable(),
  timeZone: z.string(),
  language,
  currency: z.string(),
  mode: z.enum(['practice', 'live']),
  sample: z.boolean(),
  today: day.describe('The company’s day: the practice clock’s where one is set.'),
  simulatedOn: day.nullable(),
  toleranceMinor: z.int(),
  lateEntryDays: z.int(),
  sendingWeekdays: z.array(z.int()).describe('1 for Monday to 7 for Sunday.'),
  sendsOnHolidays: z.boolean(),
  sendingFrom: z.string(),
  sendingUntil: z.string(),
  defaultSequenceId: id.nullable(),
  senderName: z.string().nullable(),
  senderEmail: z.string().nullable(),
  replyTo: z.string().nullable(),
  copyToSender: z.boolean(),
  paymentDetails: z.string().nullable(),
  tellsApprovers: z.boolean().describe('Whoever may approve is told each morning by e-mail what waits.'),
  approvalWaitDays: z.int().describe('What waits for approval for more sending days than this is signalled.'),
  messagesPerWeek: z
    .int()
    .nullable()
    .describe('One customer gets so many messages at most from a Monday to the Sunday; null: no limit.'),
  daysBetweenMessages: z
    .int()
    .nullable()
    .describe('So many days at least from one message to the next of one customer; null: no limit.'),
  grouping: z.enum(['invoice', 'customer']).describe('One message for each invoice, or one a day for each customer.'),
  listsNotDue: z.boolean().describe('A customer’s message lists what is not due yet as well, for information.'),
  thanksPayers: z
    .boolean()
    .describe(
      'A customer that has paid in full what it was reminded of is thanked by e-mail, on the next sending day; what was entered before ' +
        'it was turned on is not thanked for.',
    ),
  bankFreshDays: z
    .int()
    .nullable()
    .describe('Sending days after which payments are not known well enough; null: reminders never wait for them.'),
  bankFreshLevel: z.int().describe('The level from which reminders then wait.'),
  interestFromLevel: z
    .int()
    .nullable()
    .describe(
      'From that level on a message shows late-payment interest, and claims it when it leaves; null: none does.',
    ),
  indemnityFromLevel: z
    .int()
    .nullable()
    .describe('The same for the fixed indemnity for recovery costs, once for each invoice; never from a consumer.'),
  contractRate: z
    .int()
    .nullable()
    .describe(
      'Agreed with customers that are businesses, in hundredths of a percent a year; null: the rate of the law.',
    ),
  settlesFirst: z
    .enum(['principal', 'charges'])
    .describe('What money that names an invoice goes to first: its principal, or what was claimed beside it.'),
  paymentTerms: paymentTermsShown
    .nullable()
    .describe(
      'Of customers that have none of their own: their invoices without a due date get it by these; null: none.',
    ),
  wentLiveAt: z.string().nullable(),
  role,
});

export const companyChange = z
  .object({
    name,
    region: text(10).nullable(),
    timeZone,
    language,
    toleranceMinor: z.int().min(0),
    lateEntryDays: z.int().min(0).max(3650),
    sendingWeekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
    sendsOnHolidays: z.boolean(),
    sendingFrom: timeOfDay,
    sendingUntil: timeOfDay,
    senderName: text(200).nullable(),
    senderEmail: email.nullable(),
    replyTo: email.nullable(),
    copyToSender: z.boolean(),
    paymentDetails: text(2000).nullable(),
    tellsApprovers: z.boolean(),
    approvalWaitDays: z.int().min(1).max(60),
    messagesPerWeek: z.int().min(1).max(100).nullable(),
    daysBetweenMessages: z.int().min(1).max(365).nullable(),
    grouping: z.enum(['invoice', 'customer']),
    listsNotDue: z.boolean(),
    thanksPayers: z.boolean(),
    bankFreshDays: z.int().min(0).max(60).nullable(),
    bankFreshLevel: z.int().min(1).max(99),
    interestFromLevel: z.int().min(1).max(99).nullable(),
    indemnityFromLevel: z.int().min(1).max(99).nullable(),
    contractRate: z.int().min(1).max(10_000).nullable(),
    settlesFirst: z.enum(['principal', 'charges']),
    paymentTerms: paymentTermsGiven.nullable(),
  })
  .partial();

/** Amounts of one currency. */
const figure = z.object({
  currency: z.string(),
  openMinor: z.int(),
  overdueMinor: z.int(),
  notDueMinor: z.int(),
  cameInMinor: z.int().describe('Received in the last 30 days.'),
});

export const companyFigures = z.object({
  today: day,
  amounts: z.array(figure),
  openInvoices: z.int(),
  overdueInvoices: z.int(),
  customersWithOpen: z.int(),
  customers: z.int(),
  toApprove: z.int(),
  postponed: z.int().describe('To approve too, but not before a later day.'),
  ready: z.int(),
  inDoubt: z.int(),
  failed: z.int(),
  undelivered: z.int().describe('Not delivered, and nobody has decided yet.'),
  bank: z
    .object({
      knownOn: day.nullable().describe('Up to when payments are known: the last import, or a person said so.'),
      stale: z.boolean(),
      waiting: z.object({ receivables: z.int(), messages: z.int().describe('Ready, and not leaving before.') }),
    })
    .nullable()
    .describe('null: reminders do not wait for payments to be imported.'),
  waitingForRate: z.int().describe('Instalments that wait for the rate of a half-year to be confirmed.'),
  lastRun: z.object({ day, finishedAt: z.string().nullable() }).nullable(),
  outside: z.object({ invoices: z.int(), amounts: z.array(money) }),
  approval: z
    .object({
      amounts: z.array(money),
      formalNotices: z.int(),
      tooLong: z.int().describe('Waiting for more sending days than the company’s approvalWaitDays.'),
    })
    .describe('What `toApprove` comes to.'),
  leaving: z
    .object({
      messages: z.int(),
      amounts: z.array(money),
      on: day.nullable().describe('The day on which sending begins again; null: they leave at once.'),
      at: z.string().nullable().describe('The hour of that day, HH:MM; null where hours do not count.'),
      inMinutes: z.int().nullable(),
      heldBecause: z.enum(['mail-server-missing']).nullable(),
    })
    .describe('Ready, and their day has come.'),
  cameIn: z
    .object({ since: day, payments: z.int(), amounts: z.array(money), toAllocate: z.int() })
    .describe('Received since the sending day before.'),
});

export const clock = z.union([
  z.object({ on: day.nullable().describe('The day that the practice company lives from now on; null: the real one.') }),
  z.object({ advanceDays: z.int().min(1).max(3660) }),
]);
export const paymentsConfirmed = z.object({ knownOn: day });
export const clockSet = z.object({ today: day });

const mailServer = z.object({
  host: z.string(),
  port: z.int(),
  security: z.enum(['tls', 'starttls', 'none']),
  auth: z.enum(['none', 'password', 'oauth2']),
  username: z.string().nullable(),
  oauthClientId: z.string().nullable(),
  oauthTokenUrl: z.string().nullable(),
  connections: z.int(),
  hasSecret: z.boolean().describe('The secret itself is never given back.'),
  testedAt: z.string().nullable(),
});

export const mailServerChange = z.object({
  host: text(253).min(1),
  port: z.int().min(1).max(65535),
  security: z.enum(['tls', 'starttls', 'none']),
  auth: z.enum(['none', 'password', 'oauth2']),
  username: text(320).nullable().default(null),
  secret: z.string().max(4000).optional().describe('Password or refresh token; left out: the one that is there stays.'),
  oauthClientId: text(400).nullable().default(null),
  oauthClientSecret: z.string().max(4000).optional(),
  oauthTokenUrl: z
    .url({ protocol: /^https$/ })
    .nullable()
    .default(null),
  connections: z.int().min(1).max(20).default(3),
});

export const goingLive = z.object({
  confirmed: z.literal(true).describe('The preview was read: what will be asked for, of whom.'),
});

export const goneLive = z.object({ today: day, receivables: z.int().describe('Open instalments that start anew.') });
export const mailTest = z.object({ message: z.boolean().optional() }).nullish();
export const mailTested = z.object({ answer: z.string().describe('What the server said.') });
export const mailServerState = z.object({ mailServer: mailServer.nullable() });
export const mailServerSaved = z.object({ host: z.string() });

export const senderDomainQuery = z.object({ selector: text(300).optional() });
const finding = z.object({
  about: z.enum(['spf', 'dkim', 'dmarc', 'mx']),
  level: z
    .enum(['fine', 'advised', 'to-check', 'wrong', 'no-answer'])
    .describe('to-check: it can’t be told from outside.'),
  code: z.enum([
    'no-answer',
    'mx-found',
    'mx-none',
    'mx-refuses',
    'spf-none',
    'spf-several',
    'spf-broken',
    'spf-include-broken',
    'spf-too-many',
    'spf-everyone',
    'spf-allows',
    'spf-lacks',
    'spf-unknown-host',
    'spf-no-server',
    'spf-no-end',
    'dkim-not-asked',
    'dkim-none',
    'dkim-several',
    'dkim-broken',
    'dkim-revoked',
    'dkim-weak',
    'dkim-testing',
    'dkim-found',
    'dmarc-none',
    'dmarc-several',
    'dmarc-broken',
    'dmarc-observes',
    'dmarc-quarantines',
    'dmarc-rejects',
  ]),
  with: z.record(z.string(), z.union([z.string(), z.number()])),
  publish: z.object({ name: z.string(), value: z.string() }).nullable().describe('A TXT record to publish instead.'),
});
export const senderDomain = z.object({
  domain: z.string(),
  mailHost: z.string().nullable(),
  findings: z.array(finding),
});

export const regions = z.object({ rows: z.array(z.object({ code: z.string(), name: z.string() })) });

export type MailServerState = z.infer<typeof mailServerState>;
export type SenderDomain = z.infer<typeof senderDomain>;
export type Company = z.infer<typeof company>;
export type CompanyFigures = z.infer<typeof companyFigures>;
