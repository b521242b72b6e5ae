// A reminder as the message that leaves: its facts as they are now, its template or the text that a person edited.
import type { ChargeAsked } from '../core/charge.ts';
import { type Day, daysBetween } from '../core/day.ts';
import type { CompanyFacts, CustomerFacts } from '../core/facts.ts';
import { failed, type Result } from '../core/fault.ts';
import { listedForInformation } from '../core/information.ts';
import { footerLines } from '../core/letterhead.ts';
import {
  type InformationLine,
  type Message,
  type MessageFacts,
  renderMessage,
  type Template,
} from '../core/message.ts';
import { askedAmounts } from '../core/plan.ts';
import type { ReminderToRender } from '../db/delivery.ts';
import type { Row } from '../db/tables.ts';

export type Templates = ReadonlyMap<string, Template>;

/** By key and language. */
export function templatesByKey(
  rows: readonly Pick<Row<'template'>, 'key' | 'language' | 'subject' | 'body'>[],
): Templates {
  return new Map(rows.map((row) => [`${row.key}/${row.language}`, { subject: row.subject, body: row.body }]));
}

/** What a message says of the customer's debts on its day. */
export interface Owed {
  /** What is asked for, by receivable, in minor units of its currency. */
  asked: ReadonlyMap<string, number>;
  information: readonly InformationLine[];
  /** What it asks for beside the principal. */
  charges: readonly ChargeAsked[];
  /** Interest is at the legal rate, and is called so. */
  toConsumer: boolean;
}

/** What is asked for by this message, and by no other of the customer's, by receivable. */
export function askedIn(
  customer: CustomerFacts,
  { items }: Pick<ReminderToRender, 'items'>,
): ReadonlyMap<string, number> {
  const amounts = askedAmounts(customer);
  return new Map(items.map(({ receivableId }) => [receivableId, amounts.get(receivableId) ?? 0]));
}

/** The same with what it lists beside it, and with its charges. */
export function owedIn(
  company: CompanyFacts,
  customer: CustomerFacts,
  reminder: Pick<ReminderToRender, 'items' | 'thanked'>,
  charges: readonly ChargeAsked[],
  today: Day,
): Owed {
  const asked = askedIn(customer, reminder);
  // Thanks speak of nothing that is owed, not even for information.
  const information =
    reminder.thanked.length > 0 ? [] : listedForInformation(company, customer, new Set(asked.keys()), today);
  return { asked, information, charges, toConsumer: customer.kind === 'consumer' };
}

/** What of a reminder its message is made of; a preview has this much without being one. */
export interface Rendered
  extends Pick<
    ReminderToRender,
    | 'templateKey'
    | 'language'
    | 'customerName'
    | 'customerNumber'
    | 'level'
    | 'senderName'
    | 'subjectEdited'
    | 'bodyEdited'
  > {
  paidByAnother?: boolean;
  items: readonly Pick<
    ReminderToRender['items'][number],
    'receivableId' | 'invoiceNumber' | 'issuedOn' | 'dueOn' | 'amountMinor' | 'currency'
  >[];
  /** Of thanks; none of a reminder. */
  thanked: readonly Omit<ReminderToRender['thanked'][number], 'invoiceId'>[];
}

/** Renders with what is owed today. */
export function renderReminder(
  company: Row<'company'>,
  templates: Templates,
  reminder: Rendered,
  owed: Owed,
  today: Day,
): Result<Message> {
  const ready = templates.get(`${reminder.templateKey}/${reminder.language}`);
  if (ready === undefined && reminder.bodyEdited === null) {
    return failed('not-found', { what: `template ${reminder.templateKey} (${reminder.language})` });
  }
  const template = {
    subject: reminder.subjectEdited ?? ready?.subject ?? '',
    body: reminder.bodyEdited ?? ready?.body ?? '',
  };
  return renderMessage(template, messageFacts(company, reminder, owed, today));
}

const lineOf = ({
  invoiceNumber,
  issuedOn,
  dueOn,
  amountMinor: totalMinor,
  currency,
}: Pick<Rendered['items'][number], 'invoiceNumber' | 'issuedOn' | 'dueOn' | 'amountMinor' | 'currency'>) => ({
  invoiceNumber,
  issuedOn,
  dueOn,
  totalMinor,
  currency,
});

function messageFacts(
  company: Row<'company'>,
  reminder: Rendered,
  { asked, information, charges, toConsumer }: Owed,
  today: Day,
): MessageFacts {
  return {
    language: reminder.language,
    today,
    customerName: reminder.customerName,
    customerNumber: reminder.customerNumber,
    paidByAnother: reminder.paidByAnother ?? false,
    companyName: company.name,
    senderName: reminder.senderName ?? company.sender_name ?? '',
    paymentDetails: company.payment_details ?? '',
    level: reminder.level,
    footer: footerLines(company.letterhead, reminder.language),
    lines: reminder.items.map((item) => ({
      ...lineOf(item),
      askedMinor: asked.get(item.receivableId) ?? 0,
      lateDays: Math.max(0, daysBetween(item.dueOn, today)),
    })),
    paid: reminder.thanked.map((one) => ({ ...lineOf(one), paidOn: one.paidOn })),
    information,
    charges,
    toConsumer,
  };
}
